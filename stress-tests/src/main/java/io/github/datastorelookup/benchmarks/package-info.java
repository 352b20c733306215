/**
 * Measurements with JMH: what a lookup costs, beside the least it could cost and beside what others
 * do. {@code mvn -B verify -Pbenchmarks} runs {@link
 * io.github.datastorelookup.benchmarks.Benchmarks}; {@code docs/performance.md} has the results.
 */
@NullMarked
package io.github.datastorelookup.benchmarks;

import org.jspecify.annotations.NullMarked;
