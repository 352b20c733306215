/** A worker process that uses the library beside others, until its parent stops or kills it. */
@NullMarked
package io.github.datastorelookup.processes;

import org.jspecify.annotations.NullMarked;
