package io.github.datastorelookup.posix;

import static io.github.datastorelookup.posix.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.LedgerDirectory.ForeignLedger;
import io.github.datastorelookup.posix.FaultyFiles.Fault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which ledgers of others a census lists, refuses and leaves out. */
@Timeout(60)
final class CensusTest {
  private static final String NAME = "1-0-0-000000000000000a.ops";

  private final Path run;
  private final Path path;
  private final FaultyFiles files = new FaultyFiles();
  private final PosixLedgers ledgers;

  CensusTest(@TempDir Path directory) throws IOException {
    run = Files.createDirectory(directory.resolve("run"));
    path = run.resolve(NAME);
    ledgers = new PosixLedgers(files.wrap(run), SharedAccess.defaults(), new OwnerThread());
  }

  /** To leave it out would say that its process has no operation. */
  @Test
  @Tag("INV-3")
  void others_anyFileCallFails_listsOrRefusesTheLockedLedger() throws IOException {
    Files.write(path, LedgerBytes.empty(1));
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      assertTrue(channel.tryLock().isValid());
      int nth = 1;
      while (listsOrRefuses(nth)) {
        nth++;
      }
      assertTrue(nth > 5, "calls seen: " + (nth - 1));
    }
  }

  private boolean listsOrRefuses(int nth) throws IOException {
    PosixLedgers fresh =
        new PosixLedgers(files.wrap(run), SharedAccess.defaults(), new OwnerThread());
    files.failAt(nth, Fault.IO);
    try {
      assertEquals(1, fresh.others().size());
    } catch (IOException e) {
      assertTrue(String.valueOf(e.getMessage()).contains(run.toString()), "" + e);
    }
    String failed = files.heal();
    assertEquals(1, fresh.others().size(), failed);
    assertFalse(fresh.others().get(0).ownerDied(), failed);
    return failed != null;
  }

  @Test
  void others_linkNamedAsARunningProcess_isRefused() throws IOException {
    ProcessId here = ProcessId.self(ProcessId.PROC);
    Path link = run.resolve(here + "-000000000000000a.ops");
    Files.createSymbolicLink(link, run);
    PosixLedgers beside =
        new PosixLedgers(
            run,
            SharedAccess.defaults(),
            new OwnerThread(),
            new LedgerProbe(new ProcessId(1, 1, here.namespace()), ProcessId.PROC));
    assertFails(beside::others, link, "process " + here.pid() + " lost its lock");
    assertFails(beside::others, link, "process " + here.pid() + " lost its lock");
  }

  /** A host that runs for years sees many processes die. */
  @Test
  void others_deadLedgerWasDeleted_isForgotten() throws IOException {
    Files.write(path, LedgerBytes.empty(1));
    assertTrue(only().ownerDied());
    assertEquals(List.of(), ledgers.others(), "remembered");
    Files.delete(path);
    assertEquals(List.of(), ledgers.others());
    Files.write(path, LedgerBytes.empty(1));
    assertEquals(path.toString(), only().path(), "looked at again");
  }

  @Test
  void ownerDied_afterItsDeath_looksAtNoFileAnyMore() throws IOException {
    Files.write(path, LedgerBytes.empty(1));
    ForeignLedger dead = only();
    assertTrue(dead.ownerDied());
    Files.move(path, run.resolve("old"));
    Files.createFile(path);
    assertTrue(dead.ownerDied());
  }

  @Test
  void open_fileReplacedSinceItWasListed_isRefused() throws IOException {
    Files.write(path, LedgerBytes.empty(1));
    FileIdentity other = new FileIdentity(1, 2);
    assertFails(
        () -> ForeignLedgerFile.open(path, other, new OwnerThread(), (file, identity) -> false),
        path,
        "ledger was replaced: expected=" + other);
  }

  @Test
  void generationPage_halfOfItIsZero_isAPage() throws IOException {
    for (FileIdentity page : List.of(new FileIdentity(0, 8), new FileIdentity(7, 0))) {
      Files.write(path, LedgerBytes.ofPage(page));
      assertEquals(page, only().generationPage());
      Files.delete(path);
    }
  }

  @Test
  void word_ofTheLastEntryThatFits_isRead() throws IOException {
    byte[] bytes = LedgerBytes.empty(2);
    for (int i = 0; i < 2047; i++) {
      LedgerBytes.entry(bytes, i, "x".repeat(28) + (1000 + i), i);
    }
    Files.write(path, bytes);
    assertEquals(2046, only().word("x".repeat(28) + 3046));
  }

  /** To read as much as such a length says would end in an error of the virtual machine. */
  @Test
  void word_lengthOfANameIsNone_isRefusedWhileItsProcessLives() throws IOException {
    for (int length : new int[] {65_536, 33, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      byte[] bytes = LedgerBytes.empty(1);
      LedgerBytes.entry(bytes, 0, "store1", 5);
      LedgerBytes.buffer(bytes).putInt(64 + 8, length);
      Files.write(path, bytes);
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        assertTrue(channel.tryLock().isValid());
        ForeignLedger ledger = only();
        assertFails(() -> ledger.word("store1"), path, "bad or repeated name: entry=0");
      }
      Files.delete(path);
    }
  }

  private ForeignLedger only() throws IOException {
    List<ForeignLedger> others = ledgers.others();
    assertEquals(1, others.size());
    return others.get(0);
  }
}
