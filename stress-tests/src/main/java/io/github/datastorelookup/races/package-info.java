/** Races on real hardware: one question per class, run by jcstress. */
@NullMarked
package io.github.datastorelookup.races;

import org.jspecify.annotations.NullMarked;
