/** Shared by all suites: how much to try, with what randomness, and what counts as a failure. */
@NullMarked
package io.github.datastorelookup.checks;

import org.jspecify.annotations.NullMarked;
