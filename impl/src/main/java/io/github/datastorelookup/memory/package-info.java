/**
 * All ports in memory: one {@link io.github.datastorelookup.memory.MemoryHost} models a machine and
 * its processes. The embedded default, and the basis of the checks.
 */
@NullMarked
package io.github.datastorelookup.memory;

import org.jspecify.annotations.NullMarked;
