/**
 * Races on real hardware: one question per class, run by jcstress. Wrong versions are nested in
 * their race; their actors do what the actors of the same name do in the race. {@code Steps} has
 * the processes that they share, and the steps.
 */
@NullMarked
package io.github.datastorelookup.races;

import org.jspecify.annotations.NullMarked;
