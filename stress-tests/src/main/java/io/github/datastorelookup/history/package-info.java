/** What several processes wrote down about what they did, and the rules that it must keep. */
@NullMarked
package io.github.datastorelookup.history;

import org.jspecify.annotations.NullMarked;
