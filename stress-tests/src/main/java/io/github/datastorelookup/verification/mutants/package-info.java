/**
 * The mutants: deliberate mistakes in a copy of the library, each of which a named check must find.
 */
@NullMarked
package io.github.datastorelookup.verification.mutants;

import org.jspecify.annotations.NullMarked;
