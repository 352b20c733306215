package io.github.datastorelookup.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.history.History;
import io.github.datastorelookup.history.HistoryChecker;
import io.github.datastorelookup.history.HistoryLog;
import io.github.datastorelookup.history.LogLine;
import io.github.datastorelookup.posix.PosixPorts;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is open is seen, what is done to a disk can be repaired. */
@Tag("runner")
final class OpenFilesTest {
  private Site site;
  private Disk disk;

  @BeforeEach
  void setUp(@TempDir Path temp) throws IOException {
    site = new Site(temp);
    site.create();
    disk = new Disk(site.data().resolve("st1"));
    Files.createDirectories(disk.path());
    Files.createFile(disk.path().resolve(".lock"));
  }

  @Test
  void openFile_isSeenUntilItIsClosed_alsoWhenDeleted() throws Exception {
    site.announce();
    assertEquals(List.of(), OpenFiles.below(site, disk.path()));
    try (InputStream lock = new FileInputStream(disk.path().resolve(".lock").toFile())) {
      assertEquals(0, lock.available());
      assertEquals(1, OpenFiles.below(site, disk.path()).size());
      disk.remove();
      assertEquals(1, OpenFiles.below(site, disk.path()).size());
    }
    assertEquals(List.of(), OpenFiles.below(site, disk.path()));
  }

  /** Opening its own ledger once more, and closing that, takes a process its lock. */
  @Test
  void inspection_ofALiveProcessWithoutItsLock_isAViolation() throws Exception {
    try (DatastoreRegistry registry =
        DatastoreRegistry.builder(PosixPorts.of(site.config(), site.run(), true))
            .withoutWatcher()
            .open()) {
      registry.create(DatastoreSection.of("st1", Map.of("path", disk.path().toString())));
      Inspection.check(site);
      try (var ledgers = Files.newDirectoryStream(site.run(), "*.ops")) {
        for (Path ledger : ledgers) {
          assertTrue(Files.readAllBytes(ledger).length > 0);
        }
      }
      InvariantViolation e = assertThrows(InvariantViolation.class, () -> Inspection.check(site));
      assertEquals("INV-12", e.invariant());
    }
  }

  @Test
  void processesThatCannotBeLookedAt_areNoProof() {
    assertThrows(IOException.class, () -> OpenFiles.below(site, disk.path()));
  }

  @Test
  void act_whileAFileIsOpen_isAViolation() throws Exception {
    site.announce();
    try (HistoryLog log = new HistoryLog(site.log("a"));
        InputStream lock = new FileInputStream(disk.path().resolve(".lock").toFile())) {
      assertEquals(0, lock.available());
      Act act = new Act(site, log, 0);
      act.run(1, "st1", disk, Disk::takeAwayAndBack);
    }
    History history = new History(LogLine.parse("a", Files.readString(site.log("a"))));
    HistoryChecker checker =
        new HistoryChecker(history, Map.of(), Duration.ofSeconds(1), Duration.ofSeconds(1));
    InvariantViolation e = assertThrows(InvariantViolation.class, checker::checkRun);
    assertEquals("INV-5", e.invariant());
  }

  @Test
  void exchange_givesAnotherLockFile() throws Exception {
    Object before = Files.getAttribute(disk.path().resolve(".lock"), "unix:ino");
    disk.takeAwayAndBack();
    assertEquals(before, Files.getAttribute(disk.path().resolve(".lock"), "unix:ino"));
    disk.exchange();
    assertFalse(before.equals(Files.getAttribute(disk.path().resolve(".lock"), "unix:ino")));
    assertFalse(disk.broken());
  }

  @Test
  void repair_endsWhateverWasBegun() throws Exception {
    Path away = disk.path().resolveSibling("st1.away");
    Files.move(disk.path(), away);
    assertTrue(disk.broken());
    disk.repair();
    assertTrue(Files.exists(disk.path().resolve(".lock")));
    Files.createDirectories(away);
    Files.createFile(away.resolve(".lock"));
    Files.createDirectories(disk.path().resolveSibling("st1.fresh"));
    disk.repair();
    assertFalse(disk.broken());
    assertTrue(Files.exists(disk.path().resolve(".lock")));
  }
}
