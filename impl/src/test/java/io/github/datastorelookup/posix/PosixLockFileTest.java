package io.github.datastorelookup.posix;

import static io.github.datastorelookup.posix.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.posix.FaultyFiles.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A lock file whose acquisition goes wrong: what stays open, locked and claimed. */
@Timeout(60)
final class PosixLockFileTest {
  private static final String NAME = "store1.lck";

  private final Path locks;
  private final Path path;
  private final Path old;
  private final Set<String> claims = Claims.all();
  private final FaultyFiles files = new FaultyFiles();
  private final PosixLockFile maintenance;

  PosixLockFileTest(@TempDir Path directory) throws IOException {
    locks = Files.createDirectory(directory.resolve("locks"));
    Files.setAttribute(locks, "unix:mode", 01770);
    path = locks.resolve(NAME);
    old = locks.resolve("old");
    maintenance = new PosixLockFile(files.wrap(path), files.wrap(locks), SharedAccess.defaults());
  }

  /** Which file is locked: the one of a datastore is open only while it is locked. */
  enum Kind {
    CONFIG,
    MAINTENANCE
  }

  @ParameterizedTest
  @EnumSource
  void tryLock_anyFileCallFails_leavesNothingAndCanBeRepeated(Kind kind) throws IOException {
    for (Fault fault : Fault.values()) {
      int nth = 1;
      while (tryLockFails(kind, nth, fault)) {
        nth++;
      }
      assertTrue(nth > 8, "calls seen: " + (nth - 1));
    }
  }

  private boolean tryLockFails(Kind kind, int nth, Fault fault) throws IOException {
    Files.deleteIfExists(path);
    boolean stays = kind == Kind.CONFIG;
    PosixLockFile file =
        new PosixLockFile(
            files.wrap(path), stays ? null : files.wrap(locks), SharedAccess.defaults());
    files.failAt(nth, fault);
    boolean failed;
    try {
      assertTrue(file.tryLock());
      file.unlock();
      failed = false;
    } catch (IOException | InternalError e) {
      failed = true;
    }
    String call = files.heal();
    assertTrue(files.openChannels() <= (stays ? 1 : 0), call);
    assertTrue(stays || claims.equals(Claims.all()), call);
    assertTrue(file.tryLock(), call);
    file.unlock();
    file.close();
    assertEquals(0, files.openChannels(), call);
    assertEquals(claims, Claims.all(), call);
    return failed || call != null;
  }

  @Test
  void tryLock_replacedJustBefore_isRefusedAndTheNextOneLocksTheNewFile() throws IOException {
    files.actBefore("lock", this::replace);
    assertFails(maintenance::tryLock, path, "lock file was replaced");
    assertEquals(0, files.openChannels());
    assertEquals(claims, Claims.all());
    assertTrue(maintenance.tryLock());
    maintenance.unlock();
  }

  /** Closing the file would drop the lock of the other channel, which is on the same file. */
  @Test
  void tryLock_replacedWhileAnotherChannelHolds_leavesThatItsLock() throws IOException {
    Files.createFile(path);
    try (FileChannel other = FileChannel.open(path, StandardOpenOption.WRITE)) {
      assertTrue(other.tryLock().isValid());
      files.actBefore("lock", this::replace);
      assertFails(maintenance::tryLock, path, "lock file was replaced");
      try (HeldLock held = HeldLock.find("old", ProcessId.PROC)) {
        assertNotNull(held, "dropped");
      }
    }
    maintenance.close();
    assertEquals(0, files.openChannels());
    assertEquals(claims, Claims.all());
  }

  @Test
  void tryLock_heldAndReplaced_isRefusedAndStaysHeld() throws IOException {
    assertTrue(maintenance.tryLock());
    assertFalse(maintenance.tryLock());
    replace();
    assertFails(maintenance::tryLock, path, "lock file was replaced");
    try (HeldLock held = HeldLock.find("old", ProcessId.PROC)) {
      assertNotNull(held, "dropped");
    }
    maintenance.unlock();
    assertTrue(maintenance.tryLock(), "the new file");
    maintenance.unlock();
  }

  /** Also a file that is opened anew each time: the holder may still believe that it has it. */
  @Test
  void tryLock_afterTheChannelWasClosed_isLostForEver() throws IOException {
    assertTrue(maintenance.tryLock());
    maintenance.loseChannel();
    assertThrows(UncheckedIOException.class, maintenance::unlock);
    for (int i = 0; i < 3; i++) {
      assertFails(maintenance::tryLock, path, "lock was lost: its channel was closed");
    }
    maintenance.close();
    assertEquals(claims, Claims.all());
  }

  private void replace() {
    try {
      Files.move(path, old);
      Files.createFile(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
