/** Real registries as one command after the other finds them, and the checks of all invariants. */
@NullMarked
package io.github.datastorelookup.oracle;

import org.jspecify.annotations.NullMarked;
