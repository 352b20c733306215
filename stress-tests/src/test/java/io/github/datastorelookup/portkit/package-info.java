/** The port kit, tried with Java as the port. */
@NullMarked
package io.github.datastorelookup.portkit;

import org.jspecify.annotations.NullMarked;
