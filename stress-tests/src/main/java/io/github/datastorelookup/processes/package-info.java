/** A process that uses the library as several real ones do, until it is stopped or killed. */
@NullMarked
package io.github.datastorelookup.processes;

import org.jspecify.annotations.NullMarked;
