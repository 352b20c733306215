package io.github.datastorelookup.posix;

import static io.github.datastorelookup.port.OperationWord.CLOSED;
import static io.github.datastorelookup.posix.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.LedgerDirectory.ForeignLedger;
import io.github.datastorelookup.port.LedgerDirectory.Ledger;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ledgers of other processes: reading, following, probing. */
@Timeout(60)
final class ForeignLedgerTest {
  private static final int SEGMENT = 64 * 1024;
  private static final String NAME = "1-0-0-000000000000000a.ops";

  private final Path directory;
  private final Path run;
  private final PosixLedgers ledgers;
  private int refused;

  ForeignLedgerTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    run = Files.createDirectory(directory.resolve("run"));
    ledgers = new PosixLedgers(run, SharedAccess.defaults(), new OwnerThread());
  }

  @Test
  void word_ofAnotherProcess_isSeenAsItChanges() throws IOException {
    try (Child child = Child.start(directory)) {
      Path path = Path.of(child.ask("ledger"));
      ForeignLedger other = only();
      assertEquals(path.toString(), other.path());
      assertNull(other.generationPage());
      assertEquals(CLOSED, other.word("store0"), "no entry yet");
      child.ask("append store 2");
      assertEquals(CLOSED, other.word("store0"));
      child.ask("add store1 " + (3 - CLOSED));
      assertEquals(3, other.word("store1"));
      assertEquals(CLOSED, other.word("store0"));
      assertSame(other, only(), "one mapping however often it is listed");
    }
  }

  @Test
  void word_pastTheMappedSegments_followsTheGrowth() throws IOException {
    try (Child child = Child.start(directory)) {
      child.ask("ledger");
      child.ask("append aaa 1000");
      ForeignLedger other = only();
      assertEquals(CLOSED, other.word("aaa999"));
      child.ask("append bbb 2000");
      child.ask("add bbb1999 7");
      child.ask("add aaa0 5");
      Thread.currentThread().interrupt();
      long followed = other.word("bbb1999");
      assertTrue(Thread.interrupted());
      assertEquals(CLOSED + 7, followed);
      assertEquals(CLOSED + 5, other.word("aaa0"));
      assertEquals(CLOSED, other.word("bbb22"), "last entry of the first segment");
      assertEquals(CLOSED, other.word("bbb23"), "first entry of the second");
    }
  }

  @Test
  void ownerDied_livingThenKilled_isFalseThenTrueAndTheFileGone() throws IOException {
    try (Child child = Child.start(directory)) {
      Path path = Path.of(child.ask("ledger"));
      child.ask("append store 1");
      child.ask("add store0 1");
      ForeignLedger other = only();
      assertFalse(other.ownerDied());
      assertFalse(other.ownerDied(), "probing does not take the lock away");
      child.kill();
      assertEquals(CLOSED + 1, other.word("store0"), "what it left");
      assertTrue(other.ownerDied());
      assertTrue(other.ownerDied(), "and stays so");
      assertEquals(List.of(), ledgers.others());
      ledgers.prune();
      assertFalse(Files.exists(path));
    }
  }

  /** Pids come again; the lock of a dead process does not. */
  @Test
  @Tag("INV-12")
  @Tag("kills:pid-asked-instead-of-the-lock")
  void ownerDied_whenALivingProcessHasItsPid_isTrue() throws IOException {
    byte[] bytes = ledger(SEGMENT);
    entry(bytes, 0, "store1", CLOSED + 1);
    buffer(bytes).putLong(16, ProcessHandle.current().pid());
    Path path = write(NAME, bytes);
    assertTrue(only().ownerDied());
    assertTrue(Files.exists(path), "deleting is for another time");
  }

  @Test
  void ownerDied_interruptPending_probesAllTheSame() throws IOException {
    try (Child child = Child.start(directory)) {
      child.ask("ledger");
      Thread.currentThread().interrupt();
      ForeignLedger other = only();
      boolean whileAlive = other.ownerDied();
      assertTrue(Thread.interrupted());
      assertFalse(whileAlive);
      child.kill();
      Thread.currentThread().interrupt();
      boolean afterDeath = other.ownerDied();
      assertTrue(Thread.interrupted());
      assertTrue(afterDeath);
    }
  }

  @Test
  @Tag("INV-6")
  @Tag("kills:own-ledger-not-locked")
  void others_ownLedger_isNotListedAndKeepsItsLock() throws IOException {
    try (Ledger own = ledgers.create(null);
        Child child = Child.start(directory)) {
      child.ask("ledger");
      assertEquals(1, ledgers.others().size());
      assertFalse(only().path().equals(own.path()));
      assertEquals("false", assertDoesNotThrow(() -> child.ask("died")));
    }
  }

  @Test
  void others_ownerClosedItProperly_isGoneAndNoError() throws IOException {
    try (Child child = Child.start(directory)) {
      child.ask("ledger");
      child.ask("append store 1");
      ForeignLedger before = only();
      child.ask("close-ledger");
      assertEquals(List.of(), ledgers.others());
      assertEquals(CLOSED, before.word("store0"));
      assertTrue(before.ownerDied());
      child.ask("ledger");
      assertNotSame(before, only());
    }
  }

  @Test
  void word_ownerGrewAndClosedSinceListing_isClosed() throws IOException {
    Path path = write(NAME, ledger(SEGMENT));
    ForeignLedger other = only();
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(12);
      file.write(ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(1024).array());
    }
    Files.delete(path);
    assertEquals(CLOSED, other.word("store1"));
  }

  @Test
  void others_hiddenAndOtherFiles_areIgnored() throws IOException {
    write(".1-0-0-000000000000000a.ops.0123.tmp", new byte[0]);
    write(".1-0-0-000000000000000a.ops", new byte[0]);
    write("config-versions", new byte[0]);
    write("1-a.ops", new byte[0]);
    write("0-000000000000000a.ops", new byte[0]);
    assertEquals(List.of(), ledgers.others());
  }

  @Test
  void others_severalLedgers_areInOrderOfTheirNames() throws IOException {
    write("3-0-0-000000000000000a.ops", ledger(SEGMENT));
    write(NAME, ledger(SEGMENT));
    write("2-0-0-000000000000000a.ops", ledger(SEGMENT));
    assertEquals(
        List.of(
            "1-0-0-000000000000000a.ops",
            "2-0-0-000000000000000a.ops",
            "3-0-0-000000000000000a.ops"),
        ledgers.others().stream().map(l -> Path.of(l.path()).getFileName().toString()).toList());
  }

  @Test
  void others_generationPageOfTheHeader_isTold() throws IOException {
    byte[] bytes = ledger(SEGMENT);
    buffer(bytes).putLong(24, 7).putLong(32, 8);
    write(NAME, bytes);
    assertEquals(new FileIdentity(7, 8), only().generationPage());
  }

  @Test
  void others_noDirectory_fails() {
    var nowhere =
        new PosixLedgers(directory.resolve("nowhere"), SharedAccess.defaults(), new OwnerThread());
    assertThrows(IOException.class, nowhere::others);
  }

  @Test
  void others_wrongMagicVersionOrLength_failsByNameWhileItsProcessLives() throws IOException {
    byte[] magic = ledger(SEGMENT);
    magic[0] ^= 1;
    assertRefused(NAME, magic, "magic");
    byte[] version = ledger(SEGMENT);
    buffer(version).putInt(8, 3);
    assertRefused(NAME, version, "version=3");
    buffer(version).putInt(8, 1);
    assertRefused("1-000000000000000a.ops", version, "version=1");
    assertRefused(NAME, ledger(SEGMENT - 64), "shorter");
    assertRefused(NAME, new byte[0], "shorter");
  }

  /** Nothing was locked through it, so it tells of no process; nothing is made of what it is. */
  @Test
  void others_symbolicLinkOrDirectory_isOfNoProcessAndStays() throws IOException {
    Path real = Files.write(directory.resolve("real"), ledger(SEGMENT));
    Path link = Files.createSymbolicLink(run.resolve(NAME), real);
    Path other = Files.createDirectory(run.resolve("2-0-0-000000000000000a.ops"));
    assertEquals(List.of(), ledgers.others());
    ledgers.prune();
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.isDirectory(other));
  }

  @Test
  void word_growthCutShortByAKill_isReadAllTheSame() throws IOException {
    byte[] bytes = ledger(SEGMENT + 4096);
    entry(bytes, 0, "store1", 5);
    write(NAME, bytes);
    assertEquals(5, only().word("store1"));
    assertTrue(only().ownerDied());
  }

  @Test
  void word_corruptEntries_failByNameWhileItsProcessLives() throws IOException {
    byte[] tooMany = ledger(SEGMENT);
    buffer(tooMany).putInt(12, 1024);
    assertWordRefused(tooMany, "count");
    byte[] negative = ledger(SEGMENT);
    buffer(negative).putInt(12, -1);
    assertWordRefused(negative, "count");
    byte[] noName = ledger(SEGMENT);
    buffer(noName).putInt(12, 1);
    assertWordRefused(noName, "name");
    byte[] badName = ledger(SEGMENT);
    entry(badName, 0, "../x", 0);
    assertWordRefused(badName, "name");
    byte[] longName = ledger(SEGMENT);
    entry(longName, 0, "store1", 0);
    buffer(longName).putInt(64 + 8, 33);
    assertWordRefused(longName, "name");
    byte[] twice = ledger(SEGMENT);
    entry(twice, 0, "store1", 0);
    entry(twice, 1, "store1", 0);
    assertWordRefused(twice, "name");
  }

  @Test
  void word_countWentBack_fails() throws IOException {
    byte[] bytes = ledger(SEGMENT);
    entry(bytes, 0, "store1", 5);
    Path path = write(NAME, bytes);
    ForeignLedger other = only();
    assertEquals(5, other.word("store1"));
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(12);
      file.writeInt(0);
    }
    try (Child child = Child.start(directory)) {
      child.ask("hold " + path);
      assertFails(() -> other.word("store1"), path, "count went back");
    }
  }

  /** A word behind the end of the file would end the JVM. */
  @Test
  @Tag("INV-13")
  @Tag("kills:size-of-a-ledger-not-checked")
  void others_cutShortUnderTheMap_failsByName() throws IOException {
    byte[] bytes = ledger(2 * SEGMENT);
    for (int i = 0; i < 1024; i++) {
      entry(bytes, i, "store" + i, 5);
    }
    Path path = write(NAME, bytes);
    try (Child child = Child.start(directory)) {
      child.ask("hold " + path);
      assertEquals(5, only().word("store1023"));
      try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
        file.setLength(SEGMENT);
      }
      assertFails(ledgers::others, path, "cut short: size=65536");
    }
    assertEquals(List.of(), ledgers.others());
  }

  @Test
  void ownerDied_fileReplacedSinceListing_failsAndDeletesNothing() throws IOException {
    Path path = write(NAME, ledger(SEGMENT));
    ForeignLedger other = only();
    Files.move(path, run.resolve("old"));
    write(NAME, ledger(SEGMENT));
    assertThrows(IOException.class, other::ownerDied);
    assertTrue(Files.exists(path));
    assertNotSame(other, only(), "the next listing knows the new one");
  }

  private ForeignLedger only() throws IOException {
    List<ForeignLedger> others = ledgers.others();
    assertEquals(1, others.size());
    return others.get(0);
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(run.resolve(name), bytes);
  }

  private void assertRefused(String name, byte[] bytes, String reason) throws IOException {
    Path path = write(++refused + name, bytes);
    try (Child child = Child.start(directory)) {
      child.ask("hold " + path);
      assertFails(ledgers::others, path, reason);
    }
    assertEquals(List.of(), ledgers.others(), "dead, whatever is in it");
    ledgers.prune();
    assertFalse(Files.exists(path));
  }

  private void assertWordRefused(byte[] bytes, String reason) throws IOException {
    Path path = write(++refused + NAME, bytes); // a name is used once
    ForeignLedger other;
    try (Child child = Child.start(directory)) {
      child.ask("hold " + path);
      other = only();
      assertFails(() -> other.word("store1"), path, reason);
    }
    assertEquals(CLOSED, other.word("store1"), "dead, whatever is in it");
    ledgers.prune();
  }

  /** A ledger without entries, by the numbers of the layout's drawing. */
  private static byte[] ledger(int length) {
    byte[] bytes = new byte[length];
    buffer(bytes).putLong(0, 0x44534c4544474552L).putInt(8, 2).putLong(16, 1);
    return bytes;
  }

  private static void entry(byte[] bytes, int index, String name, long word) {
    byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
    int offset = 64 * (index + 1);
    buffer(bytes)
        .putInt(12, index + 1)
        .putLong(offset, word)
        .putInt(offset + 8, ascii.length)
        .put(offset + 12, ascii);
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }
}
