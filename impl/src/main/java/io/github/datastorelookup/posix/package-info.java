/**
 * The ports on the files of a Linux system.
 *
 * <p>Two rules shape every class here. A POSIX record lock belongs to the process and not to the
 * descriptor, and the JVM closes a channel when a thread is interrupted in a call on it.
 *
 * <ol>
 *   <li>No file on which this process holds a lock is opened a second time: closing that other
 *       descriptor would drop the lock, and {@code FileLock.isValid()} would not show it. {@link
 *       io.github.datastorelookup.posix.JvmClaims} tracks these files.
 *   <li>A caller's thread uses a channel that has a lock for {@code tryLock} and {@code release}
 *       only, which ignore interrupts; everything else runs on {@link
 *       io.github.datastorelookup.posix.OwnerThread}.
 * </ol>
 */
@NullMarked
package io.github.datastorelookup.posix;

import org.jspecify.annotations.NullMarked;
