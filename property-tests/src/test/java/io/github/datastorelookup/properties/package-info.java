/** Properties of one command after the other. */
@NullMarked
package io.github.datastorelookup.properties;

import org.jspecify.annotations.NullMarked;
