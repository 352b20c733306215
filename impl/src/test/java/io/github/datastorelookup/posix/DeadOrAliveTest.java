package io.github.datastorelookup.posix;

import static io.github.datastorelookup.port.OperationWord.CLOSED;
import static io.github.datastorelookup.posix.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.port.LedgerDirectory.ForeignLedger;
import io.github.datastorelookup.port.LedgerDirectory.Ledger;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that lost the lock on their ledger, and what they and others make of it. */
@Timeout(60)
final class DeadOrAliveTest {
  private static final int END = 40;

  private final Path directory;
  private final Path run;
  private final PosixLedgers ledgers;

  DeadOrAliveTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    run = Files.createDirectory(directory.resolve("run"));
    ledgers = new PosixLedgers(run, SharedAccess.defaults(), new OwnerThread());
  }

  /** The process has all its operations, and no lock that would show it. */
  @Test
  @Tag("INV-3")
  @Tag("kills:lost-lock-taken-for-a-death")
  void ownerDied_processThatReadItsOwnLedger_isRefusedUntilItIsDead() throws IOException {
    try (Child child = Child.start(directory)) {
      Path path = Path.of(child.ask("ledger"));
      child.ask("append store 1");
      child.ask("add store0 1");
      ForeignLedger other = only();
      assertFalse(other.ownerDied());
      assertEquals("65536", child.ask("read " + path));
      assertFails(other::ownerDied, path, "process " + child.pid() + " lost its lock");
      ledgers.prune();
      assertTrue(Files.exists(path));
      assertFails(() -> view(path).ownerLives(), "lost its lock");
      child.kill();
      assertTrue(other.ownerDied());
    }
  }

  @Test
  @Tag("INV-13")
  @Tag("kills:lost-lock-not-noticed")
  void inPlace_processThatReadItsOwnLedger_isFalse() throws IOException {
    try (Child child = Child.start(directory)) {
      Path path = Path.of(child.ask("ledger"));
      assertEquals("true", child.ask("in-place"));
      child.ask("read " + path);
      assertEquals("false", child.ask("in-place"));
    }
  }

  /** Its pid says nothing there: the lock decides, and the mark stops the process. */
  @Test
  @Tag("INV-13")
  @Tag("kills:end-mark-not-written")
  void ownerDied_processInAnotherPidNamespace_isDeadAndFindsTheMark() throws IOException {
    PosixLedgers elsewhere =
        new PosixLedgers(
            run,
            SharedAccess.defaults(),
            new OwnerThread(),
            new LedgerProbe(new ProcessId(1, 1, 1), ProcessId.PROC));
    try (Child child = Child.start(directory)) {
      Path path = Path.of(child.ask("ledger"));
      ForeignLedger other = elsewhere.others().get(0);
      assertFalse(other.ownerDied());
      child.ask("read " + path);
      assertTrue(other.ownerDied());
      assertEquals(2, endMark(path));
      assertEquals("false", child.ask("in-place"));
      assertTrue(only().ownerDied(), "for all others as well");
      elsewhere.prune();
      assertFalse(Files.exists(path));
    }
  }

  /** Its lock is there, but a prober counts it as dead: no process sees its words any more. */
  @Test
  @Tag("INV-13")
  @Tag("kills:end-mark-not-noticed")
  void inPlace_ledgerMarkedAsThatOfADeadProcess_isFalse() throws IOException {
    try (Child child = Child.start(directory)) {
      Path path = Path.of(child.ask("ledger"));
      assertEquals("true", child.ask("in-place"));
      try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
        file.seek(END);
        file.write(2);
      }
      assertEquals("false", child.ask("in-place"));
    }
  }

  @Test
  @Tag("INV-13")
  @Tag("kills:living-ledgers-pruned")
  void prune_ledgerOfALivingProcess_keepsIt() throws IOException {
    try (Child child = Child.start(directory)) {
      Path path = Path.of(child.ask("ledger"));
      ledgers.prune();
      assertTrue(Files.exists(path));
    }
  }

  /** A ledger that its owner closed and could not delete is no sign of a lost lock. */
  @Test
  @Tag("INV-12")
  @Tag("kills:end-mark-not-asked")
  void ownerDied_closedByAProcessThatRunsOn_isTrue() throws IOException {
    try (Child child = Child.start(directory)) {
      Path path = run.resolve(child.ask("id") + "-0123456789abcdef.ops");
      ByteBuffer bytes = ByteBuffer.allocate(64 * 1024).order(ByteOrder.nativeOrder());
      bytes.putLong(0, 0x44534c4544474552L).putInt(8, 2);
      Files.write(path, bytes.array());
      assertFails(() -> only().ownerDied(), path, "lost its lock");
      Files.write(path, bytes.putInt(END, 1).array());
      assertTrue(assertDoesNotThrow(() -> only().ownerDied()));
    }
  }

  @Test
  @Tag("INV-12")
  @Tag("kills:ledger-closed-without-its-mark")
  void close_marksTheLedgerBeforeItIsDeleted() throws IOException {
    Path kept = run.resolve("kept");
    try (Ledger ledger = ledgers.create(null)) {
      Files.createLink(kept, Path.of(ledger.path()));
    }
    assertEquals(1, endMark(kept));
  }

  /** Before anything is opened: opening drops the lock. Test frameworks replace all properties. */
  @Test
  @Tag("INV-4")
  @Tag("kills:own-name-not-asked")
  void create_besideALedgerOfThisProcess_isRefusedWithoutAnyClaim() throws IOException {
    Path path = run.resolve(ProcessId.self(ProcessId.PROC) + "-0123456789abcdef.ops");
    Files.createFile(path);
    assertFails(() -> ledgers.create(null), "already has a ledger", path);
    assertEquals(List.of(), ledgers.others(), "and is not opened by a census");
    assertEquals(0, Files.size(path));
  }

  @Test
  @Tag("INV-4")
  @Tag("kills:claims-of-other-class-loaders-not-seen")
  void create_claimedByAnotherCopyInThisJvm_isRefused() throws IOException {
    String key = JvmClaims.PREFIX + SharedFiles.directoryIdentity(run);
    String self = ProcessId.self(ProcessId.PROC).toString();
    Properties properties = System.getProperties();
    try {
      properties.setProperty(key, self + " another copy");
      assertFails(() -> ledgers.create(null), "already has a ledger");
      properties.setProperty(key, "1" + self + " handed on by another process");
      try (Ledger ledger = ledgers.create(null)) {
        assertTrue(ledger.inPlace());
        assertTrue(properties.getProperty(key).startsWith(self + " "));
      }
      assertEquals(null, properties.getProperty(key));
    } finally {
      properties.remove(key);
    }
  }

  @Test
  void create_afterPropertiesWereRestored_takesItsOwnStaleClaim() throws IOException {
    Properties before = (Properties) System.getProperties().clone();
    Properties with;
    try (Ledger ledger = ledgers.create(null)) {
      with = (Properties) System.getProperties().clone();
      System.setProperties(before);
      assertFails(() -> ledgers.create(null), "already has a ledger");
      System.setProperties(with);
      assertTrue(ledger.inPlace());
    }
    System.setProperties(with);
    ledgers.create(null).close();
  }

  @Test
  void inPlace_ledgerCutShortOrOverwritten_isFalseBeforeItIsTouched() throws IOException {
    try (Child child = Child.start(directory)) {
      Path path = Path.of(child.ask("ledger"));
      child.ask("append store 1");
      ForeignLedger other = only();
      assertEquals(CLOSED, other.word("store0"));
      try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
        file.setLength(0);
        assertEquals("false", child.ask("in-place"));
        assertFails(ledgers::others, path, "cut short: size=0");
        file.setLength(64 * 1024);
        assertEquals("false", child.ask("in-place"));
      }
    }
  }

  @Test
  void prune_besideLivingAndDead_deletesTheDeadOnly() throws IOException {
    try (Child living = Child.start(directory);
        Child dying = Child.start(directory)) {
      Path stays = Path.of(living.ask("ledger"));
      Path goes = Path.of(dying.ask("ledger"));
      dying.kill();
      ledgers.prune();
      assertFalse(Files.exists(goes));
      assertTrue(Files.exists(stays));
      assertEquals("true", living.ask("in-place"));
      assertEquals(1, ledgers.others().size());
    }
  }

  private ForeignLedger only() throws IOException {
    List<ForeignLedger> others = ledgers.others();
    assertEquals(1, others.size());
    return others.get(0);
  }

  private static LedgerView view(Path path) throws IOException {
    return LedgerView.read(path);
  }

  private static int endMark(Path path) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.nativeOrder()).getInt(END);
  }
}
