/** The histories that several processes log, and the rules that a history has to keep. */
@NullMarked
package io.github.datastorelookup.history;

import org.jspecify.annotations.NullMarked;
