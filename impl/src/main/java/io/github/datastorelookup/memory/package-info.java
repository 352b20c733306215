/**
 * All ports in memory: one {@link io.github.datastorelookup.memory.MemoryHost} stands for a
 * machine, its processes for processes. The embedded default, and what the checks run on.
 */
@NullMarked
package io.github.datastorelookup.memory;

import org.jspecify.annotations.NullMarked;
