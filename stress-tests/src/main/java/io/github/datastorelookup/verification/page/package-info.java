/** The page of a run: one file of HTML that needs nothing else. */
@NullMarked
package io.github.datastorelookup.verification.page;

import org.jspecify.annotations.NullMarked;
