/**
 * Weak memory: an operational model of RC11 without load buffering, as one more way in which the
 * simulator's memory behaves, and the order that each access of the protocol has in it.
 */
@NullMarked
package io.github.datastorelookup.weak;

import org.jspecify.annotations.NullMarked;
