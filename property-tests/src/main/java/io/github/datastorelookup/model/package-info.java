/**
 * The model: what each call may answer, as a pure step on an immutable state.
 *
 * <p>It knows one command at a time; what concurrent commands may do to each other is the
 * simulation's business. It does not claim anything about when files are closed by a watcher.
 */
@NullMarked
package io.github.datastorelookup.model;

import org.jspecify.annotations.NullMarked;
