/** The main job: runs every check of every kind once, and says what ran and what it found. */
@NullMarked
package io.github.datastorelookup.verification;

import org.jspecify.annotations.NullMarked;
