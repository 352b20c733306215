/** Time and threads of the JVM. */
@NullMarked
package io.github.datastorelookup.jvm;

import org.jspecify.annotations.NullMarked;
