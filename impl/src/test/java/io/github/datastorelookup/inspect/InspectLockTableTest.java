package io.github.datastorelookup.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.inspect.Findings.Finding;
import io.github.datastorelookup.inspect.Report.ConfigLockState;
import io.github.datastorelookup.inspect.Report.Ledger;
import io.github.datastorelookup.inspect.Report.Life;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.jvm.JvmTicker;
import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.posix.Child;
import io.github.datastorelookup.posix.FilesView;
import io.github.datastorelookup.posix.LedgerView;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is shown when the table of locks, or of mounts, does not tell everything. */
@Timeout(60)
final class InspectLockTableTest {
  private static final Path LOCKS = Path.of("/proc/locks");

  private final Path directory;

  InspectLockTableTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void lockTable_thatCannotBeRead_leavesHoldersUnknown() throws IOException {
    try (Child child = Child.start(directory, RegistryMain.class)) {
      child.ask("create store1");
      Report report = inspect(directory.resolve("nowhere"));
      assertEquals(List.of("lock table"), subjects(report.problems()));
      assertEquals(false, report.datastores().get(0).maintenance().known());
      assertEquals(Life.LIVE, report.ledgers().get(0).life());
      assertTrue(ReportPrinter.print(report).contains("  unknown  "));
    }
    // All dead now: that nobody is missing in a table is only known of one that was read.
    assertEquals(false, inspect(Path.of("nowhere")).datastores().get(0).maintenance().known());
    assertEquals(true, inspect(LOCKS).datastores().get(0).maintenance().known());
  }

  /** As for a process of another container: the lock is there, and in no line. */
  @Test
  @Tag("INV-3")
  @Tag("kills:inspect-trusts-a-partial-lock-table")
  void lockTable_withoutALiveProcess_isNotTrustedToShowAllHolders() throws IOException {
    Path empty = Files.createFile(directory.resolve("locks"));
    try (Child child = Child.start(directory, RegistryMain.class)) {
      child.ask("create store1");
      child.ask("task store1");
      Report report = inspect(empty);
      assertEquals(List.of("lock table"), subjects(report.problems()));
      assertTrue(report.problems().get(0).text().contains("does not show pid " + child.pid()));
      assertEquals(false, report.datastores().get(0).maintenance().known());
      assertEquals(List.of(), report.notes(), "not that no task is working on it");
      Report seen = inspect(LOCKS);
      assertEquals(Set.of(child.pid()), seen.datastores().get(0).maintenance().holders());
      assertEquals(List.of(), seen.problems());
    }
  }

  /** With the config lock busy no ledger is probed, so whether its process lives is unknown. */
  @Test
  void lockTable_withoutAProcessThatWasNotProbed_isNotTrustedEither() throws IOException {
    Path empty = Files.createFile(directory.resolve("locks"));
    try (Child registry = Child.start(directory, RegistryMain.class);
        Child holder = Child.start(directory)) {
      registry.ask("create store1");
      holder.ask("lock config");
      Report report = inspect(empty);
      assertEquals(ConfigLockState.BUSY, report.configLock().state());
      assertEquals(Set.of(), report.ledgers().get(0).holders());
      assertEquals(false, report.datastores().get(0).maintenance().known());
    }
  }

  /** A user of another run directory may be unseen: that nobody uses it is not known then. */
  @Test
  void lockTable_thatShowsNotEvenThisProcess_leavesTheUseFileUntold() throws IOException {
    Path empty = Files.createFile(directory.resolve("locks"));
    try (Child child = Child.start(directory, RegistryMain.class)) {
      child.ask("create store1");
    }
    Files.move(directory.resolve("run"), directory.resolve("old"));
    Files.createDirectory(directory.resolve("run"));
    assertEquals(List.of(), inspect(LOCKS).problems());
    for (Path table : List.of(empty, directory.resolve("nowhere"))) {
      Report report = inspect(table);
      assertTrue(subjects(report.problems()).contains("run directory"), report.toString());
      assertTrue(report.problems().toString().contains("used by no visible process"));
      assertEquals(false, report.ledgersListed());
    }
  }

  @Test
  void configLock_heldByAnUnseenProcess_isStillReported() throws IOException {
    Files.writeString(directory.resolve("datastore.cfg"), "\n");
    Files.createDirectory(directory.resolve("run"));
    Path empty = Files.createFile(directory.resolve("locks"));
    try (Child child = Child.start(directory)) {
      child.ask("lock config");
      Report report = inspect(empty);
      assertEquals(ConfigLockState.BUSY, report.configLock().state());
      assertTrue(report.problems().get(0).text().contains("by an unknown process"));
    }
  }

  @Test
  void interrupt_whileWaitingForTheConfigLock_endsTheWaitOnly() throws IOException {
    Files.writeString(directory.resolve("datastore.cfg"), "\n");
    Files.createDirectory(directory.resolve("run"));
    try (Child child = Child.start(directory)) {
      child.ask("lock config");
      Thread.currentThread().interrupt();
      Report report = inspect(LOCKS);
      assertTrue(Thread.interrupted());
      assertEquals(List.of("config lock"), subjects(report.problems()));
    }
  }

  @Test
  void mountTable_thatCannotTell_isAProblem() throws IOException {
    Files.createDirectory(directory.resolve("run"));
    Files.writeString(
        directory.resolve("datastore.cfg"),
        "datastore: store1\n\tpath a\n\tbacking-device 01234567-0123-0123-0123-0123456789ab\n");
    Report report = inspect(LOCKS);
    assertEquals(List.of("datastore store1"), subjects(report.problems()));
    assertTrue(ReportPrinter.print(report).contains("/mnt/datastore/store1 (mounted? unknown)"));
  }

  @Test
  void pid_thatIsAnotherOneHere_isShownWithBoth() {
    Path path = Path.of("/run/7-0-0-000000000000000a.ops");
    LedgerView view = new LedgerView(path, new FileIdentity(1, 2), 7, null, Map.of());
    assertEquals("7", new Ledger(path, view, Life.LIVE, Set.of(), true).pid());
    assertEquals("7", new Ledger(path, view, Life.LIVE, Set.of(7L), true).pid());
    assertEquals("7 (here 4711)", new Ledger(path, view, Life.LIVE, Set.of(4711L), true).pid());
    assertEquals("4711", new Ledger(path, null, Life.NOT_PROBED, Set.of(4711L), true).pid());
    assertEquals("?", new Ledger(path, null, Life.NOT_PROBED, Set.of(), true).pid());
  }

  private Report inspect(Path lockTable) {
    return new Inspector(
            new FilesView(directory.resolve("datastore.cfg"), directory.resolve("run")),
            lockTable,
            (device, path) -> {
              throw new AccessDeniedException("/proc/self/mountinfo");
            },
            new JvmTicker(),
            new JvmSync(),
            50_000_000)
        .inspect();
  }

  private static List<String> subjects(List<Finding> findings) {
    return findings.stream().map(Finding::subject).toList();
  }
}
