/**
 * Runs real registries of several simulated processes, one thread at a time: each call of a port or
 * of the sync is a scheduling point, and the schedule is data.
 */
@NullMarked
package io.github.datastorelookup.simulation;

import org.jspecify.annotations.NullMarked;
