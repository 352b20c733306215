/** The report of the verification as a browser shows it. */
@NullMarked
package io.github.datastorelookup.report;

import org.jspecify.annotations.NullMarked;
