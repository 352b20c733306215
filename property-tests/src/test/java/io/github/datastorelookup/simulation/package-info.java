/** Properties of commands that race. */
@NullMarked
package io.github.datastorelookup.simulation;

import org.jspecify.annotations.NullMarked;
