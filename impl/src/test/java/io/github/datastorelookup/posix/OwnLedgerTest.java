package io.github.datastorelookup.posix;

import static io.github.datastorelookup.posix.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.port.LedgerDirectory.Ledger;
import io.github.datastorelookup.posix.FaultyFiles.Fault;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the owner of a ledger finds wrong with it, and what it leaves when it cannot make one. */
@Timeout(60)
final class OwnLedgerTest {
  private static final int END = 40;

  private final Path directory;
  private final Path run;
  private final PosixLedgers ledgers;

  OwnLedgerTest(@TempDir Path directory) {
    this.directory = directory;
    run = directory.resolve("run");
    ledgers = new PosixLedgers(run, SharedAccess.defaults(), new OwnerThread());
  }

  private interface Spoil {
    void spoil(RandomAccessFile file) throws IOException;
  }

  private static void spoil(Ledger ledger, Spoil spoil) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(ledger.path(), "rw")) {
      spoil.spoil(file);
    }
  }

  private static void expectFault(String fault, Ledger ledger) throws IOException {
    assertFalse(ledger.inPlace());
    assertEquals(fault, ledger.fault());
  }

  @Test
  void fault_fileMovedAway_saysSoUntilItIsBack() throws IOException {
    try (Ledger ledger = ledgers.create(null)) {
      assertTrue(ledger.inPlace());
      assertNull(ledger.fault());
      Path moved = Files.move(Path.of(ledger.path()), run.resolve("moved"));
      expectFault("is no longer at its path", ledger);
      Files.move(moved, Path.of(ledger.path()));
      assertTrue(ledger.inPlace());
      assertNull(ledger.fault());
    }
  }

  @Test
  void fault_fileCutShort_tellsItsSize() throws IOException {
    try (Ledger ledger = ledgers.create(null)) {
      spoil(ledger, file -> file.setLength(100));
      expectFault("was cut short: size=100", ledger);
      spoil(ledger, file -> file.setLength(0));
      expectFault("was cut short: size=0", ledger);
    }
    assertEquals(List.of(), left());
  }

  @Test
  void fault_otherMagic_isOverwritten() throws IOException {
    try (Ledger ledger = ledgers.create(null)) {
      spoil(ledger, file -> file.writeLong(0));
      expectFault("was overwritten", ledger);
    }
  }

  @Test
  @Tag("INV-13")
  void fault_endMarkOfAProber_saysForWhomItIsDead() throws IOException {
    try (Ledger ledger = ledgers.create(null)) {
      ByteBuffer mark = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(2);
      spoil(
          ledger,
          file -> {
            file.seek(END);
            file.write(mark.array());
          });
      expectFault("was found unlocked by another process, which counts this one as dead", ledger);
    }
  }

  /** Only the kernel knows: no channel of Java notices. */
  @Test
  @Tag("INV-13")
  void fault_fileOpenedAndClosedInThisProcess_saysThatTheLockIsLost() throws IOException {
    try (Ledger ledger = ledgers.create(null)) {
      new FileInputStream(ledger.path()).close();
      expectFault("lost its lock: code in this process opened and closed the file", ledger);
    }
  }

  @Test
  void inPlace_afterClose_isRefusedByName() throws IOException {
    Ledger ledger = ledgers.create(null);
    ledger.close();
    assertFails(ledger::inPlace, ledger.path(), "lock was lost: the channel of this ledger");
  }

  @Test
  void close_fileCutToNothing_deletesIt() throws IOException {
    try (Ledger ledger = ledgers.create(null)) {
      spoil(ledger, file -> file.setLength(0));
    }
    assertEquals(List.of(), left());
  }

  /** An admin reads there that the process cannot notice a lost lock. */
  @Test
  void create_whereNoLockIsShown_saysSoAndWorks() throws IOException {
    Path noProc = Files.createDirectory(directory.resolve("proc"));
    PosixLedgers blind =
        new PosixLedgers(
            run,
            SharedAccess.defaults(),
            new OwnerThread(),
            new LedgerProbe(ProcessId.self(ProcessId.PROC), noProc));
    try (Told told = new Told(run.toString())) {
      try (Ledger ledger = blind.create(null)) {
        assertEquals(
            List.of(
                "INFO ledger="
                    + ledger.path()
                    + ": the system does not show whether its lock is held"),
            told.messages());
        assertTrue(ledger.inPlace());
      }
      try (Ledger seen = ledgers.create(null)) {
        assertTrue(seen.inPlace());
      }
      assertEquals(1, told.messages().size(), "shown there");
    }
  }

  @ParameterizedTest
  @EnumSource
  void create_anyFileCallFails_leavesNoFileAndNoClaim(Fault fault) throws IOException {
    Files.createDirectory(run);
    int nth = 1;
    while (createFails(nth, fault)) {
      nth++;
    }
    assertTrue(nth > 8, "calls seen: " + (nth - 1));
  }

  private boolean createFails(int nth, Fault fault) throws IOException {
    Set<String> before = Claims.all();
    FaultyFiles files = new FaultyFiles();
    PosixLedgers faulty = faulty(files);
    files.failAt(nth, fault);
    try (Ledger ledger = faulty.create(null)) {
      String failed = files.heal();
      assertTrue(ledger.inPlace(), failed); // one that costs nothing
      return failed != null;
    } catch (IOException | InternalError e) {
      String failed = files.heal();
      assertEquals(0, files.openChannels(), failed);
      assertEquals(before, Claims.all(), failed);
      assertEquals(List.of(), left(), failed);
      return true;
    }
  }

  @Test
  void create_failsAndItsFileCannotBeDeleted_leavesNoClaim() throws IOException {
    Set<String> before = Claims.all();
    FaultyFiles files = new FaultyFiles();
    files.actBefore("map", this::exchangeTemporaryFile);
    assertThrows(DirectoryNotEmptyException.class, () -> faulty(files).create(null));
    assertEquals(before, Claims.all());
    assertEquals(0, files.openChannels());
  }

  /** Makes a directory of it, which is not empty, and fails. */
  private void exchangeTemporaryFile() {
    try {
      Path temp = left().get(0);
      Files.delete(temp);
      Files.createDirectories(temp.resolve("not-empty"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new InternalError("injected");
  }

  private PosixLedgers faulty(FaultyFiles files) {
    return new PosixLedgers(files.wrap(run), SharedAccess.defaults(), new OwnerThread());
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> all = Files.list(run)) {
      return all.toList();
    }
  }
}
