/** Time and threads as the JVM has them. */
@NullMarked
package io.github.datastorelookup.jvm;

import org.jspecify.annotations.NullMarked;
