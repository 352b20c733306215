/** The text of {@code datastore.cfg}: reader, writer, maintenance modes, names. */
@NullMarked
package io.github.datastorelookup.config;

import org.jspecify.annotations.NullMarked;
