/**
 * Rules that a simulation has to keep at each step and a recorded history from its first line to
 * its last. Their feeder says what happened, in the order of time; a rule throws an {@code
 * InvariantViolation} when it is broken.
 */
@NullMarked
package io.github.datastorelookup.rules;

import org.jspecify.annotations.NullMarked;
