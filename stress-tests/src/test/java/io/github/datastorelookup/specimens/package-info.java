/** What the specimens do, right and wrong. */
@NullMarked
package io.github.datastorelookup.specimens;

import org.jspecify.annotations.NullMarked;
