/** Workflows and documented commands name only what there is. */
@NullMarked
package io.github.datastorelookup.verification.ci;

import org.jspecify.annotations.NullMarked;
