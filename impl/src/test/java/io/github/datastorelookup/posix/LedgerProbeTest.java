package io.github.datastorelookup.posix;

import static io.github.datastorelookup.posix.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.posix.FaultyFiles.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whose ledger is dead. The process that runs is this JVM, as another one of its namespace sees it.
 */
@Timeout(60)
final class LedgerProbeTest {
  private static final ProcessId THIS = ProcessId.self(ProcessId.PROC);
  private static final String OF_NONE = "1-0-0-000000000000000a.ops";

  private final Path directory;
  private final Path ofRunning;
  private final FaultyFiles files = new FaultyFiles();
  private final LedgerProbe probe =
      new LedgerProbe(new ProcessId(1, 1, THIS.namespace()), ProcessId.PROC);

  LedgerProbeTest(@TempDir Path directory) {
    this.directory = directory;
    ofRunning = directory.resolve(THIS + "-000000000000000a.ops");
  }

  private boolean isDead(Path path) throws IOException {
    return probe.isDead(files.wrap(path), SharedFiles.identity(path), true);
  }

  private static byte[] header(long magic, int version, int end) {
    return ByteBuffer.allocate(LedgerLayout.HEADER_SIZE)
        .order(ByteOrder.nativeOrder())
        .putLong(0, magic)
        .putInt(8, version)
        .putInt(40, end)
        .array();
  }

  private static byte[] header(int end) {
    return header(0x44534c4544474552L, 2, end);
  }

  /** A pid alone may be that of another process. */
  @Test
  void isOwn_whereThisProcessIsUnknown_isFalse() {
    ProcessId pidOnly = new ProcessId(7, 0, 0);
    assertFalse(new LedgerProbe(pidOnly, ProcessId.PROC).isOwn(pidOnly));
    ProcessId known = new ProcessId(7, 8, 9);
    assertTrue(new LedgerProbe(known, ProcessId.PROC).isOwn(known));
    assertFalse(new LedgerProbe(known, ProcessId.PROC).isOwn(new ProcessId(7, 8, 10)));
  }

  @Test
  void isNoFile_ofAll_isTrueForWhatIsThereAndNoRegularFile() throws IOException {
    assertFalse(LedgerProbe.isNoFile(directory.resolve("nothing")));
    assertFalse(LedgerProbe.isNoFile(Files.createFile(ofRunning)));
    assertTrue(LedgerProbe.isNoFile(directory));
    Path link = Files.createSymbolicLink(directory.resolve("link"), ofRunning);
    assertTrue(LedgerProbe.isNoFile(link));
    Files.delete(ofRunning);
    assertTrue(LedgerProbe.isNoFile(link), "dangling");
  }

  /** Only the owner's end mark in a ledger of this layout tells that it closed it. */
  @Test
  @Tag("INV-12")
  void isDead_unlockedOfARunningProcess_isRefusedUnlessItEnded() throws IOException {
    expectLost(new byte[0]);
    expectLost(header(0));
    expectLost(header(0x44534c4544474553L, 2, 1));
    expectLost(header(0x44534c4544474552L, 1, 1));
    byte[] cut = new byte[LedgerLayout.HEADER_SIZE - 1];
    System.arraycopy(header(1), 0, cut, 0, cut.length);
    expectLost(cut);
    Files.write(ofRunning, header(1));
    assertTrue(isDead(ofRunning));
    Files.write(ofRunning, header(2));
    assertTrue(isDead(ofRunning));
  }

  private void expectLost(byte[] content) throws IOException {
    Files.write(ofRunning, content);
    assertFails(() -> isDead(ofRunning), ofRunning, "process " + THIS.pid() + " lost its lock");
    assertArrayEquals(content, Files.readAllBytes(ofRunning));
  }

  /** A process deletes its ledger before it unlocks it. */
  @Test
  void isDead_deletedByItsRunningOwnerWhileItIsProbed_isTrue() throws IOException {
    Files.write(ofRunning, header(0));
    files.actBefore("lock", () -> delete(ofRunning));
    assertTrue(isDead(ofRunning));
    assertFalse(Files.exists(ofRunning));
    assertTrue(probe.isDead(ofRunning, SharedFiles.identity(file("other")), true), "is gone");
  }

  private Path file(String name) throws IOException {
    return Files.createFile(directory.resolve(name));
  }

  /** There is nothing in it yet that could tell its owner. */
  @Test
  void isDead_fileWithoutAWholeHeader_isNotMarked() throws IOException {
    Path dead = directory.resolve(OF_NONE);
    byte[] cut = new byte[LedgerLayout.HEADER_SIZE - 1];
    Files.write(dead, cut);
    assertTrue(isDead(dead));
    assertArrayEquals(cut, Files.readAllBytes(dead));
    Files.write(dead, header(0));
    assertTrue(isDead(dead));
    assertArrayEquals(header(2), Files.readAllBytes(dead));
  }

  @Test
  void isDead_lockedByOtherCodeOfThisJvm_isFalse() throws IOException {
    Path path = file(OF_NONE);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      assertTrue(channel.tryLock().isValid());
      assertFalse(isDead(path));
    }
    assertTrue(isDead(path));
  }

  /** As that of another user: whether its process lives can still be told. */
  @Test
  void isDead_cannotBeOpenedForWriting_isProbedByReading() throws IOException {
    Path dead = Files.write(directory.resolve(OF_NONE), header(0));
    files.failOn("open", Fault.IO);
    assertTrue(isDead(dead));
    assertEquals("open " + dead, files.heal());
    assertArrayEquals(header(0), Files.readAllBytes(dead), "no mark");
    assertEquals(0, files.openChannels());
  }

  @Test
  void requireNotRunning_nameOfNoLedger_tellsOfNoProcess() throws IOException {
    assertDoesNotThrow(() -> probe.requireNotRunning(directory.resolve("copy")));
    Path copy = Files.write(directory.resolve("copy"), header(0));
    assertTrue(isDead(copy));
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
