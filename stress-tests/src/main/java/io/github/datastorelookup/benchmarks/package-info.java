/**
 * Measurements with JMH: the cost of a lookup, beside the least possible and beside that of other
 * designs. {@code mvn -B verify -Pbenchmarks} runs {@link
 * io.github.datastorelookup.benchmarks.Benchmarks}; {@code docs/reference/performance.md} has the
 * results.
 */
@NullMarked
package io.github.datastorelookup.benchmarks;

import org.jspecify.annotations.NullMarked;
