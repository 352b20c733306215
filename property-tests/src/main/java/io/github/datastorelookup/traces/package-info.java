/**
 * Runs step by step, as {@code docs/reference/traces} has them, which ports to other languages
 * follow.
 */
@NullMarked
package io.github.datastorelookup.traces;

import org.jspecify.annotations.NullMarked;
