package io.github.datastorelookup.posix;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.port.LedgerDirectory.Ledger;
import io.github.datastorelookup.posix.FaultyFiles.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Deleting the ledgers of dead processes: what goes, what stays, and what an admin reads. */
@Timeout(60)
final class PruneTest {
  private static final String DELETED = "ledgers of dead processes deleted: count=";
  private static final String DEAD = "1-0-0-000000000000000a.ops";

  private final Path directory;
  private final Path run;
  private final FaultyFiles files = new FaultyFiles();
  private final PosixLedgers ledgers;

  PruneTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    run = Files.createDirectory(directory.resolve("run"));
    ledgers = new PosixLedgers(files.wrap(run), SharedAccess.defaults(), new OwnerThread());
  }

  @Test
  void prune_amongOthers_deletesTheDeadAndCountsThem() throws IOException {
    Path link = Files.createSymbolicLink(run.resolve("3-0-0-000000000000000a.ops"), directory);
    Path other = Files.createDirectory(run.resolve("4-0-0-000000000000000a.ops"));
    assertEquals(List.of(), ledgers.others(), "of no process, and known as such from now on");
    Files.createFile(run.resolve(DEAD));
    Files.createFile(run.resolve("2-0-0-000000000000000a.ops"));
    Path page = Files.createFile(run.resolve("config-versions"));
    Path locked = Files.createFile(run.resolve("5-0-0-000000000000000a.ops"));
    try (FileChannel channel = FileChannel.open(locked, StandardOpenOption.WRITE);
        Told told = new Told(DELETED)) {
      assertTrue(channel.tryLock().isValid());
      ledgers.prune();
      assertEquals(List.of("INFO " + DELETED + 2), told.messages());
      assertEquals(Set.of(link, other, page, locked), left());
      ledgers.prune();
      assertEquals(1, told.messages().size(), "silent when there was nothing to delete");
    }
  }

  @Test
  void prune_deletedByAnotherProcessMeanwhile_isNotCounted() throws IOException {
    Path dead = Files.createFile(run.resolve(DEAD));
    files.actBefore("delete", () -> delete(dead));
    try (Told told = new Told(DELETED)) {
      ledgers.prune();
      assertEquals(List.of(), told.messages());
    }
    assertEquals("delete " + dead, files.heal());
    assertEquals(Set.of(), left());
  }

  @Test
  void prune_cannotDelete_isNotCountedAndTriesAgain() throws IOException {
    Path dead = Files.createFile(run.resolve(DEAD));
    files.failOn("delete", Fault.IO);
    try (Told told = new Told(DELETED)) {
      ledgers.prune();
      assertEquals(List.of(), told.messages());
      assertEquals(Set.of(dead), left());
      ledgers.prune();
      assertEquals(List.of("INFO " + DELETED + 1), told.messages());
      assertEquals(Set.of(), left());
    }
  }

  /** Its lock went with the close: to open it harms nothing any more. */
  @Test
  void prune_closedLedgerOfThisJvmThatWasLeft_goes() throws IOException {
    Ledger ledger = ledgers.create(null);
    files.failOn("delete", Fault.IO);
    assertThrows(IOException.class, ledger::close);
    assertEquals(Set.of(Path.of(ledger.path())), left());
    try (Told told = new Told(DELETED)) {
      ledgers.prune();
      assertEquals(List.of("INFO " + DELETED + 1), told.messages());
    }
    assertEquals(Set.of(), left());
  }

  /** A copy of the library in another class loader may have it, without any claim. */
  @Test
  void prune_ledgerNamedAsThisProcess_isNotOpened() throws IOException {
    String name = ProcessId.self(ProcessId.PROC) + "-0123456789abcdef.ops";
    Path path = Files.createFile(run.resolve(name));
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      assertTrue(channel.tryLock().isValid());
      try (HeldLock held = HeldLock.find(name, ProcessId.PROC)) {
        assertNotNull(held);
        ledgers.prune();
        assertTrue(held.isHeld());
      }
    }
    ledgers.prune();
    assertEquals(Set.of(path), left());
  }

  @Test
  void prune_andOthers_whenTheOwnLedgerHasASecondName_keepItsLock() throws IOException {
    try (Ledger ledger = ledgers.create(null)) {
      Path second = Files.createLink(run.resolve(DEAD), Path.of(ledger.path()));
      ledgers.prune();
      assertTrue(ledger.inPlace());
      assertEquals(List.of(), ledgers.others());
      assertTrue(ledger.inPlace());
      assertTrue(Files.exists(second));
    }
  }

  /** Its thread must neither keep the host from ending, nor the host's classes from unloading. */
  @Test
  void create_besideADeadLedger_prunesOnADaemonThreadWithoutTheHostsLoader() throws IOException {
    Path dead = Files.createFile(run.resolve(DEAD));
    AtomicReference<Thread> pruner = new AtomicReference<>();
    AtomicReference<ClassLoader> loader = new AtomicReference<>();
    files.onChange(
        change -> {
          if (change.what().equals("delete") && change.path().equals(dead)) {
            loader.set(Thread.currentThread().getContextClassLoader());
            pruner.set(Thread.currentThread());
          }
        });
    assertNotNull(Thread.currentThread().getContextClassLoader());
    try (Ledger ledger = ledgers.create(null)) {
      await().until(() -> pruner.get() != null);
      assertTrue(Objects.requireNonNull(pruner.get()).isDaemon());
      assertNull(loader.get());
      assertEquals(Set.of(Path.of(ledger.path())), left());
    }
    assertFalse(Files.exists(dead));
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Set<Path> left() throws IOException {
    try (Stream<Path> all = Files.list(run)) {
      return all.collect(Collectors.toSet());
    }
  }
}
