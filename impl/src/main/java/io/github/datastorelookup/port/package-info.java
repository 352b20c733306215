/**
 * Everything that the protocol touches outside its own heap, as small interfaces: a service
 * provider interface, for programs that bring ports of their own. Other programs use only {@link
 * io.github.datastorelookup.port.Ports} and the chunk stores of handles. Any minor version may add
 * a method to an interface here.
 *
 * <p>Each has an in-memory implementation ({@code memory}) and a POSIX one ({@code posix}); no
 * other class of the library touches files, time, locks or threads. A port never retries, never
 * logs and keeps no policy: it does one thing or throws {@link java.io.IOException}.
 */
@NullMarked
package io.github.datastorelookup.port;

import org.jspecify.annotations.NullMarked;
