/** A cached datastore lookup that stays correct across threads, processes and {@code kill -9}. */
@NullMarked
package io.github.datastorelookup;

import org.jspecify.annotations.NullMarked;
