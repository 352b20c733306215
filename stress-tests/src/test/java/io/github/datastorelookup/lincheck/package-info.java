/** Races on the in-memory implementation, in interleavings of bytecode. */
@NullMarked
package io.github.datastorelookup.lincheck;

import org.jspecify.annotations.NullMarked;
