/** The flaws of PBS as scenarios, run on the specimens, where they show, and on the library. */
@NullMarked
package io.github.datastorelookup.specimens.flaws;

import org.jspecify.annotations.NullMarked;
