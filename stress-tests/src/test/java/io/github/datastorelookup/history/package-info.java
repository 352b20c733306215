/** The rules for recorded histories, each seen to fail. */
@NullMarked
package io.github.datastorelookup.history;

import org.jspecify.annotations.NullMarked;
