package io.github.datastorelookup.posix;

import static io.github.datastorelookup.posix.Failures.assertFails;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.port.Locks.LockFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class PosixLocksTest {
  private final Path directory;
  private final Path lockPath;
  private final PosixLocks locks;

  PosixLocksTest(@TempDir Path directory) {
    this.directory = directory;
    lockPath = directory.resolve(".datastore.lck");
    locks = newLocks();
  }

  private PosixLocks newLocks() {
    return new PosixLocks(
        directory.resolve("datastore.cfg"), directory.resolve("run"), SharedAccess.defaults());
  }

  @AfterEach
  void close() throws IOException {
    locks.close();
  }

  @Test
  @Tag("INV-14")
  @Tag("kills:modes-left-to-the-umask")
  void tryLock_firstTime_createsTheFilesWithTheirModes() throws IOException {
    assertTrue(locks.config().tryLock());
    assertTrue(locks.maintenance("store1").tryLock());
    assertEquals("660", Modes.of(lockPath));
    assertEquals("660", Modes.of(directory.resolve("run/locks/store1.lck")));
    assertEquals("1770", Modes.of(directory.resolve("run/locks")));
    assertEquals("1770", Modes.of(directory.resolve("run")));
  }

  @Test
  void tryLock_hostileUmask_modesAreTheSame() throws IOException {
    try (Child child = Child.startWithUmask(directory, "077")) {
      assertEquals("true", child.ask("lock config"));
      assertEquals("true", child.ask("lock store1"));
      child.ask("ledger");
      child.ask("generation");
      child.ask("replace text");
    }
    assertEquals("660", Modes.of(lockPath));
    assertEquals("640", Modes.of(directory.resolve("datastore.cfg")));
    assertEquals("660", Modes.of(directory.resolve("run/locks/store1.lck")));
    assertEquals("660", Modes.of(directory.resolve("run/config-versions")));
    assertEquals("1770", Modes.of(directory.resolve("run/locks")));
    assertEquals("1770", Modes.of(directory.resolve("run")));
    try (var ledgers = Files.newDirectoryStream(directory.resolve("run"), "*.ops")) {
      assertEquals("660", Modes.of(ledgers.iterator().next()));
    }
  }

  @Test
  void maintenance_notLocked_hasNoOpenFile() throws IOException {
    Path file = directory.resolve("run/locks/store1.lck");
    LockFile lock = locks.maintenance("store1");
    assertTrue(lock.tryLock());
    assertTrue(Descriptors.isOpen(file));
    lock.unlock();
    assertFalse(Descriptors.isOpen(file), "released");
    try (Child child = Child.start(directory)) {
      assertEquals("true", child.ask("lock store1"));
      assertFalse(lock.tryLock());
      assertFalse(Descriptors.isOpen(file), "not acquired");
      child.kill();
    }
    assertTrue(lock.tryLock());
    try (Child child = Child.start(directory)) {
      assertFalse(lock.tryLock(), "held already");
      assertEquals("false", child.ask("lock store1"), "and is not lost by a second try");
      lock.unlock();
      assertEquals("true", child.ask("lock store1"));
    }
    assertTrue(locks.config().tryLock());
    locks.config().unlock();
    assertTrue(Descriptors.isOpen(lockPath), "the config lock is needed all the time");
  }

  /** Closing any descriptor of a file drops all locks of the process on it. */
  @Test
  void maintenance_whileAnotherChannelOfThisProcessHolds_leavesItItsLock() throws IOException {
    Path file = directory.resolve("run/locks/store1.lck");
    LockFile lock = locks.maintenance("store1");
    assertTrue(lock.tryLock());
    lock.unlock();
    try (FileChannel other = FileChannel.open(file, WRITE)) {
      assertTrue(other.tryLock().isValid());
      assertFalse(lock.tryLock());
      try (Child child = Child.start(directory)) {
        assertEquals("false", child.ask("lock store1"));
      }
    }
    assertTrue(lock.tryLock());
  }

  @Test
  void tryLock_setGroupIdDirectory_keepsTheBit() throws IOException {
    Path run = Files.createDirectory(directory.resolve("run"));
    Files.setAttribute(run, "unix:mode", 043770);
    assertTrue(locks.maintenance("store1").tryLock());
    int mode = (Integer) Files.getAttribute(run.resolve("locks"), "unix:mode");
    assertEquals(03770, mode & 07777);
  }

  @Test
  void tryLock_whileAnotherProcessHolds_isRefused() throws IOException {
    try (Child child = Child.start(directory)) {
      assertEquals("true", child.ask("lock config"));
      assertFalse(locks.config().tryLock());
      assertTrue(locks.maintenance("store1").tryLock());
      assertEquals("false", child.ask("lock store1"));
      assertEquals("true", child.ask("lock store2"));
      child.ask("unlock config");
      assertTrue(locks.config().tryLock());
      assertEquals("false", child.ask("lock config"));
      locks.config().unlock();
      assertEquals("true", child.ask("lock config"));
      child.kill();
      assertTrue(locks.config().tryLock(), "a killed process holds nothing");
    }
  }

  @Test
  void tryLock_whileThisProcessHolds_isRefusedAndTheLockStays() throws IOException {
    assertTrue(locks.config().tryLock());
    assertFalse(locks.config().tryLock());
    try (Child child = Child.start(directory)) {
      assertEquals("false", child.ask("lock config"));
      locks.config().unlock();
      assertEquals("true", child.ask("lock config"));
    }
  }

  @Test
  void tryLock_whileAnotherChannelOfThisProcessHolds_isRefused() throws IOException {
    assertTrue(locks.config().tryLock());
    locks.config().unlock();
    try (FileChannel other = FileChannel.open(lockPath, WRITE)) {
      assertTrue(other.tryLock().isValid());
      assertFalse(locks.config().tryLock());
    }
  }

  @Test
  void tryLock_interruptPending_worksAndTheLockSurvives() throws IOException {
    try (Child child = Child.start(directory)) {
      Thread.currentThread().interrupt();
      boolean got = locks.config().tryLock();
      boolean again = locks.config().tryLock();
      boolean maintenance = locks.maintenance("store1").tryLock();
      assertTrue(Thread.interrupted());
      assertTrue(got);
      assertFalse(again);
      assertTrue(maintenance);
      assertEquals("false", child.ask("lock config"));
      assertEquals("false", child.ask("lock store1"));
      Thread.currentThread().interrupt();
      locks.config().unlock();
      assertTrue(Thread.interrupted());
      assertEquals("true", child.ask("lock config"));
    }
  }

  @Test
  void tryLock_symbolicLink_isRefusedByName() throws IOException {
    Path target = Files.createFile(directory.resolve("target"));
    Files.createSymbolicLink(lockPath, target);
    assertRefused(locks.config(), lockPath, "symbolic link");
    Files.delete(target);
    assertRefused(locks.config(), lockPath, "symbolic link");
    assertFalse(Files.exists(target), "a dangling link creates nothing");
  }

  @Test
  void tryLock_directoryInTheWay_isRefusedByName() throws IOException {
    Files.createDirectory(lockPath);
    assertRefused(locks.config(), lockPath, "not a regular file");
  }

  @Test
  void tryLock_noConfigDirectory_failsByName() throws IOException {
    Path missing = directory.resolve("missing/datastore.cfg");
    try (PosixLocks none = new PosixLocks(missing, directory, SharedAccess.defaults())) {
      assertRefused(none.config(), missing.resolveSibling(".datastore.lck"), "");
    }
  }

  @Test
  void tryLock_fileReplaced_isRefusedAndNothingIsHeld() throws IOException {
    assertTrue(locks.config().tryLock());
    locks.config().unlock();
    Path old = Files.move(lockPath, directory.resolve("old"));
    Files.createFile(lockPath);
    assertRefused(locks.config(), lockPath, "replaced");
    Files.move(old, lockPath, REPLACE_EXISTING);
    try (Child child = Child.start(directory)) {
      assertEquals("true", child.ask("lock config"), "the refused lock was given back");
    }
    Files.delete(lockPath);
    assertRefused(locks.config(), lockPath, "replaced");
    assertFalse(Files.exists(lockPath), "a lock that was in use is not made again");
  }

  @Test
  void tryLock_afterTheChannelWasClosed_isLostForEver() throws IOException {
    PosixLockFile file = new PosixLockFile(lockPath, null, SharedAccess.defaults());
    assertTrue(file.tryLock());
    file.loseChannel();
    assertThrows(UncheckedIOException.class, file::unlock);
    assertRefused(file, lockPath, "lock was lost");
    assertRefused(file, lockPath, "lock was lost");
    file.close();
  }

  @Test
  void tryLock_secondRegistryOfThisJvm_isRefusedAndTheFirstKeepsItsLock() throws IOException {
    assertTrue(locks.config().tryLock());
    try (Child child = Child.start(directory)) {
      try (PosixLocks second = newLocks()) {
        assertRefused(second.config(), lockPath, "already in use in this JVM");
      }
      assertEquals("false", child.ask("lock config"));
      locks.close();
      assertEquals("false", child.ask("lock config"), "whoever has the lock goes on under it");
      locks.config().unlock();
      assertEquals("true", child.ask("lock config"));
      child.ask("unlock config");
    }
    try (PosixLocks next = newLocks()) {
      assertTrue(next.config().tryLock(), "a closed one can be opened again");
    }
  }

  @Test
  void tryLock_afterClose_isRefused() throws IOException {
    LockFile config = locks.config();
    locks.close();
    assertRefused(config, lockPath, "closed");
    assertFalse(Files.exists(lockPath));
  }

  @Test
  void maintenance_afterClose_isTheSameObjectOrOneThatIsRefused() throws IOException {
    LockFile known = locks.maintenance("store1");
    locks.close();
    assertSame(known, locks.maintenance("store1"));
    Path unknown = directory.resolve("run/locks/store2.lck");
    assertRefused(locks.maintenance("store2"), unknown, "these locks were closed");
    assertFalse(Files.exists(directory.resolve("run")));
  }

  @Test
  void close_ofAFileFails_saysSoAndReleasesItsClaim() throws IOException {
    FaultyFiles files = new FaultyFiles();
    Set<String> claims = Claims.all();
    PosixLocks faulty =
        new PosixLocks(
            files.wrap(directory.resolve("datastore.cfg")),
            files.wrap(directory.resolve("run")),
            SharedAccess.defaults());
    assertTrue(faulty.config().tryLock());
    faulty.config().unlock();
    files.failCloses();
    assertFails(faulty::close, lockPath, "injected");
    assertEquals(claims, Claims.all());
  }

  @Test
  void unlock_notLocked_isAMistakeOfTheCaller() {
    assertThrows(IllegalStateException.class, () -> locks.config().unlock());
  }

  @Test
  void unlock_leavesTheFile() throws IOException {
    assertTrue(locks.config().tryLock());
    locks.config().unlock();
    locks.close();
    assertTrue(Files.exists(lockPath));
  }

  @Test
  void maintenance_sameName_isTheSameObject() {
    assertSame(locks.maintenance("store1"), locks.maintenance("store1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "../../x", ".hidden", "a/b", "-abc", "abc\n", "äbc"})
  void maintenance_unsafeName_isRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> locks.maintenance(name));
  }

  @Test
  void maintenance_longestAndTooLongName_isTakenAndRefused() throws IOException {
    assertTrue(locks.maintenance("a".repeat(32)).tryLock());
    assertThrows(IllegalArgumentException.class, () -> locks.maintenance("a".repeat(33)));
  }

  private static void assertRefused(LockFile file, Path path, String reason) {
    assertFails(file::tryLock, path, reason);
  }
}
