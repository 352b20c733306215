/** Runs commands on real registries, and checks all invariants. */
@NullMarked
package io.github.datastorelookup.oracle;

import org.jspecify.annotations.NullMarked;
