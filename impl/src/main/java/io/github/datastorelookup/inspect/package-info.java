/**
 * The command {@code inspect}: shows operators the state of all processes, and changes nothing.
 *
 * <p>{@link io.github.datastorelookup.inspect.Inspector} collects a {@link
 * io.github.datastorelookup.inspect.Report}, {@link
 * io.github.datastorelookup.inspect.ReportPrinter} prints it, and {@link
 * io.github.datastorelookup.inspect.Main} is the entry point.
 */
@NullMarked
package io.github.datastorelookup.inspect;

import org.jspecify.annotations.NullMarked;
