/** The memory model against the literature. */
@NullMarked
package io.github.datastorelookup.weak;

import org.jspecify.annotations.NullMarked;
