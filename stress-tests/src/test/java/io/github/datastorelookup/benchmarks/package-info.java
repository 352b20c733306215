/** That a run of the benchmarks measures what it says. */
@NullMarked
package io.github.datastorelookup.benchmarks;

import org.jspecify.annotations.NullMarked;
