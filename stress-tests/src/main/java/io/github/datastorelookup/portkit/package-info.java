/**
 * Proves an implementation of the protocol in any language: see {@code docs/reference/port-kit.md}.
 */
@NullMarked
package io.github.datastorelookup.portkit;

import org.jspecify.annotations.NullMarked;
