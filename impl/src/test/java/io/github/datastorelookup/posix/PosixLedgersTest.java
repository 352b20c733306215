package io.github.datastorelookup.posix;

import static io.github.datastorelookup.port.OperationWord.CLOSED;
import static io.github.datastorelookup.posix.Failures.assertFails;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.LedgerDirectory.Ledger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The own ledger: creating, appending, growing, closing. */
@Timeout(60)
final class PosixLedgersTest {
  private final Path directory;
  private final Path run;
  private final PosixLedgers ledgers;

  PosixLedgersTest(@TempDir Path directory) {
    this.directory = directory;
    run = directory.resolve("run");
    ledgers = new PosixLedgers(run, SharedAccess.defaults(), new OwnerThread());
  }

  @Test
  void create_onlyTheCompleteFileIsThere() throws IOException {
    try (Ledger ledger = ledgers.create(new FileIdentity(7, 8))) {
      Path path = Path.of(ledger.path());
      assertEquals(List.of(path), files(run));
      long pid = ProcessHandle.current().pid();
      assertTrue(
          path.getFileName().toString().matches(pid + "-[1-9]\\d*-[1-9]\\d*-[0-9a-f]{16}\\.ops"));
      assertEquals("660", Modes.of(path));
      assertEquals("1770", Modes.of(run));
      assertTrue(ledger.inPlace());
      // A sparse file would have fewer blocks than bytes.
      long blocks = blocks(path);
      assertTrue(blocks * 512 >= LedgerLayout.SEGMENT_SIZE, () -> "blocks=" + blocks);
    }
  }

  @Test
  void create_headerAndEntries_areLaidOutAsDocumented() throws IOException {
    try (Ledger ledger = ledgers.create(new FileIdentity(7, 8))) {
      ledger.append("store1");
      AtomicWord word = ledger.append("x".repeat(32));
      word.getAndAdd(5);
      try (Child child = Child.start(directory)) {
        // Read by another process: to open the file here would drop its lock.
        assertEquals(String.valueOf(CLOSED + 5), child.ask("word " + "x".repeat(32)));
      }
      word.getAndAdd(-5);
      Path copy = copyByAnotherProcess(Path.of(ledger.path()));
      ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(copy)).order(ByteOrder.nativeOrder());
      assertEquals(64 * 1024, file.limit());
      assertEquals(0x44534c4544474552L, file.getLong(0));
      assertEquals(2, file.getInt(8), "version");
      assertEquals(2, file.getInt(12), "count");
      assertEquals(ProcessHandle.current().pid(), file.getLong(16));
      assertEquals(7, file.getLong(24), "device");
      assertEquals(8, file.getLong(32), "inode");
      assertEquals(0, file.getInt(40), "end mark");
      assertEquals(CLOSED, file.getLong(64));
      assertEquals(6, file.getInt(72));
      assertEquals("store1", text(file, 76, 6));
      assertEquals(32, file.getInt(128 + 8));
      assertEquals("x".repeat(32), text(file, 128 + 12, 32));
      assertEquals(0, file.getLong(192), "behind the last entry");
    }
  }

  @Test
  void append_word_isBornClosedAndAtomic() throws IOException {
    try (Ledger ledger = ledgers.create(null)) {
      AtomicWord word = ledger.append("store1");
      assertEquals(CLOSED, word.get());
      assertEquals(CLOSED, word.getAndAdd(3));
      assertFalse(word.compareAndSet(CLOSED, 0));
      assertTrue(word.compareAndSet(CLOSED + 3, CLOSED));
      assertEquals(CLOSED, word.get());
    }
  }

  @Test
  void append_badName_isAMistakeOfTheCaller() throws IOException {
    try (Ledger ledger = ledgers.create(null)) {
      assertThrows(IllegalArgumentException.class, () -> ledger.append("a/b"));
      assertThrows(IllegalArgumentException.class, () -> ledger.append("x".repeat(33)));
    }
  }

  /** A logger that throws costs its message, and neither a drain nor an open. */
  @Test
  @Tag("INV-13")
  @Tag("kills:adapter-fails-with-its-logger")
  void prune_withALoggerThatThrows_failsNobody() throws IOException {
    List<String> said = new ArrayList<>();
    Logger logger = Logger.getLogger("io.github.datastorelookup.posix");
    Handler throwing =
        new Handler() {
          @Override
          public void publish(LogRecord message) {
            said.add(message.getMessage());
            throw new IllegalStateException("a logger that fails");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(throwing);
    try {
      Path unused = Files.createFile(run);
      assertDoesNotThrow(ledgers::prune, "INV-13: failed with its logger");
      assertEquals(List.of("listing the ledgers failed: {0}"), said);
    } finally {
      logger.removeHandler(throwing);
    }
  }

  /** An Error may have kept the caller from using the first one. */
  @Test
  void append_again_isTheSameWord() throws IOException {
    try (Ledger ledger = ledgers.create(null)) {
      AtomicWord word = ledger.append("store1");
      assertSame(word, ledger.append("store1"));
      assertNotSame(word, ledger.append("store2"));
    }
  }

  @Test
  void append_manyEntries_wordsNeverMove() throws IOException {
    try (Ledger ledger = ledgers.create(null)) {
      List<AtomicWord> words = new ArrayList<>();
      for (int i = 0; i < 3000; i++) {
        words.add(ledger.append("store" + i));
        words.get(i).getAndAdd(i);
        // 1,023 names fill the first segment, whose first 64 bytes are the header.
        int segments = i < 1023 ? 1 : i < 2047 ? 2 : 3;
        assertEquals(segments * 64L * 1024, Files.size(Path.of(ledger.path())), "names=" + (i + 1));
      }
      assertEquals(CLOSED + 1, words.get(1).get());
      try (Child child = Child.start(directory)) {
        for (int i : new int[] {0, 1022, 1023, 1024, 2046, 2047, 2999}) {
          assertEquals(String.valueOf(CLOSED + i), child.ask("word store" + i));
        }
        assertEquals(String.valueOf(CLOSED), child.ask("word no-entry"));
      }
      for (int i = 0; i < 3000; i++) {
        words.get(i).getAndAdd(-i);
      }
    }
  }

  @Test
  void close_wordStillInUse_isGoneAllTheSame() throws IOException {
    try (Ledger ledger = ledgers.create(null)) {
      ledger.append("store1").getAndAdd(1);
    }
    assertEquals(List.of(), files(run));
  }

  @Test
  void create_secondOnThisDirectory_failsUntilTheFirstIsClosed() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), Files.createDirectory(run));
    PosixLedgers sameByAnotherName =
        new PosixLedgers(link.toRealPath(), SharedAccess.defaults(), new OwnerThread());
    try (Child child = Child.start(directory)) {
      try (Ledger first = ledgers.create(null)) {
        assertFails(() -> sameByAnotherName.create(null), "already has a ledger");
        assertEquals(List.of(Path.of(first.path())), files(run));
        assertEquals(List.of(), sameByAnotherName.others(), "ours, so not listed, not opened");
        assertEquals("false", child.ask("died"));
      }
      try (Ledger next = sameByAnotherName.create(null)) {
        assertTrue(next.inPlace());
      }
    }
  }

  @Test
  void create_otherDirectory_isIndependent() throws IOException {
    PosixLedgers elsewhere =
        new PosixLedgers(directory.resolve("run2"), SharedAccess.defaults(), new OwnerThread());
    try (Ledger first = ledgers.create(null);
        Ledger second = elsewhere.create(null)) {
      assertTrue(first.inPlace());
      assertTrue(second.inPlace());
    }
  }

  @Test
  void inPlace_fileMovedOrReplaced_isFalse() throws IOException {
    try (Ledger ledger = ledgers.create(null)) {
      Path path = Path.of(ledger.path());
      Path moved = Files.move(path, run.resolve("moved"));
      assertFalse(ledger.inPlace());
      Files.createFile(path);
      assertFalse(ledger.inPlace());
      ledger.append("store1");
      assertTrue(Files.exists(moved));
    }
    assertEquals(2, files(run).size(), "close deletes no file of others");
  }

  @Test
  void close_deletesTheFile_andIsDoneOnce() throws IOException {
    Ledger ledger = ledgers.create(null);
    ledger.append("store1");
    ledger.close();
    assertEquals(List.of(), files(run));
    try (Ledger next = ledgers.create(null)) {
      ledger.close();
      assertThrows(IOException.class, () -> ledger.append("store2"));
      assertThrows(IOException.class, () -> ledgers.create(null), "the next one's claim stays");
      assertTrue(next.inPlace());
    }
  }

  @Test
  void create_diskFull_failsAndLeavesNothing(@TempDir Path parent) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(parent, 32)) {
      PosixLedgers small =
          new PosixLedgers(disk.path(), SharedAccess.defaults(), new OwnerThread());
      for (int i = 0; i < 2; i++) {
        assertFails(() -> small.create(null), "No space left", disk.path());
        assertEquals(List.of(), files(disk.path()));
      }
    }
  }

  @Test
  void append_diskFull_failsAndChangesNothing_andWorksWhenThereIsRoom(@TempDir Path parent)
      throws Exception {
    try (SmallDisk disk = SmallDisk.mount(parent, 160)) {
      Path fill = Files.write(disk.path().resolve("fill"), new byte[60 * 1024]);
      PosixLedgers small =
          new PosixLedgers(disk.path(), SharedAccess.defaults(), new OwnerThread());
      try (Ledger ledger = small.create(null)) {
        for (int i = 0; i < 1023; i++) {
          ledger.append("store" + i);
        }
        for (int i = 0; i < 2; i++) {
          assertFails(() -> ledger.append("one-more"), "No space left", ledger.path());
          assertEquals(64 * 1024, Files.size(Path.of(ledger.path())), "shrunk back");
        }
        Files.delete(fill);
        assertEquals(CLOSED, ledger.append("one-more").get());
        assertEquals(128 * 1024, Files.size(Path.of(ledger.path())));
      }
    }
  }

  @Test
  void everyCall_interruptPending_keepsFlagAndLock() throws IOException {
    Thread.currentThread().interrupt();
    Ledger ledger = ledgers.create(null);
    assertFlag();
    for (int i = 0; i < 2000; i++) {
      ledger.append("store" + i); // grows once
    }
    assertFlag();
    assertTrue(ledger.inPlace());
    assertEquals(List.of(), ledgers.others());
    assertFlag();
    assertTrue(Thread.interrupted());
    try (Child child = Child.start(directory)) {
      assertEquals("false", child.ask("died"), "another process finds it locked");
      assertEquals("" + CLOSED, child.ask("word store1999"));
      Thread.currentThread().interrupt();
      ledger.close();
      assertTrue(Thread.interrupted());
      assertEquals("", child.ask("died"), "nothing listed any more");
    }
  }

  private static void assertFlag() {
    assertTrue(Thread.currentThread().isInterrupted());
  }

  private Path copyByAnotherProcess(Path path) throws IOException {
    Path copy = directory.resolve("copy");
    Process cp = new ProcessBuilder("cp", path.toString(), copy.toString()).start();
    assertEquals(0, cp.onExit().join().exitValue());
    return copy;
  }

  private static long blocks(Path path) throws IOException {
    Process stat = new ProcessBuilder("stat", "-c", "%b", path.toString()).start();
    return Long.parseLong(new String(stat.getInputStream().readAllBytes(), US_ASCII).trim());
  }

  private static String text(ByteBuffer file, int offset, int length) {
    byte[] ascii = new byte[length];
    file.get(offset, ascii);
    return new String(ascii, US_ASCII);
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
