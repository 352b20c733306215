/** The pages in {@code docs}: what they say can be found, and what is generated is current. */
@NullMarked
package io.github.datastorelookup.verification.docs;

import org.jspecify.annotations.NullMarked;
