/** What a run leaves behind: the table, the summary, JUnit XML, one file for each failure. */
@NullMarked
package io.github.datastorelookup.verification.report;

import org.jspecify.annotations.NullMarked;
