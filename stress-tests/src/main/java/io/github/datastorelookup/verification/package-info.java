/** The main job: runs every check of every kind once, and reports what ran and what it found. */
@NullMarked
package io.github.datastorelookup.verification;

import org.jspecify.annotations.NullMarked;
