/** Programs of two or three threads: each act against each other one, in each situation. */
@NullMarked
package io.github.datastorelookup.pairs;

import org.jspecify.annotations.NullMarked;
