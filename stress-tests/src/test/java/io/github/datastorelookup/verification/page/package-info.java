/** Tests of the page, on runs that are made up. */
@NullMarked
package io.github.datastorelookup.verification.page;

import org.jspecify.annotations.NullMarked;
