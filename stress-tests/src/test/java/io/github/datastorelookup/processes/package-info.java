/** Real processes on real files, killed again and again. */
@NullMarked
package io.github.datastorelookup.processes;

import org.jspecify.annotations.NullMarked;
