/** What holds for every config text and every operation word, whoever uses them. */
@NullMarked
package io.github.datastorelookup.laws;

import org.jspecify.annotations.NullMarked;
