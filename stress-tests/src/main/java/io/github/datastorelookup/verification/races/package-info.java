/** The layer of the races, which jcstress runs in JVMs of its own. */
@NullMarked
package io.github.datastorelookup.verification.races;

import org.jspecify.annotations.NullMarked;
