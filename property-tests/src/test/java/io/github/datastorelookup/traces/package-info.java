/** The traces in {@code docs/traces}, which ports to other languages replay. */
@NullMarked
package io.github.datastorelookup.traces;

import org.jspecify.annotations.NullMarked;
