/**
 * The model: the permitted answer of each call, as a pure step on an immutable state.
 *
 * <p>It covers one command at a time; the simulation covers what concurrent commands may do to each
 * other. It does not claim anything about when a watcher closes files.
 */
@NullMarked
package io.github.datastorelookup.model;

import org.jspecify.annotations.NullMarked;
