/**
 * The ports on the files of a Linux system: what processes share.
 *
 * <p>Two rules shape every class here, because a POSIX record lock belongs to the process and not
 * to the descriptor, and because the JVM closes a channel under a thread that is interrupted:
 *
 * <ol>
 *   <li>No file that this process has a lock on is opened a second time: closing that other
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
