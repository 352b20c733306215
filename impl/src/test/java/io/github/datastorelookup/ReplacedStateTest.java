package io.github.datastorelookup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.posix.PosixPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** T3: whose generation page or ledger was replaced refuses, and lets go of what it has. */
@Tag("INV-13")
class ReplacedStateTest {
  private static final Drain AT_ONCE = Drain.atMost(Duration.ZERO);

  private final MemoryHost host = new MemoryHost();
  private final MemoryProcess process = host.start(new JvmSync());
  private final DatastoreRegistry registry = open(process);

  /** What may be replaced under a running process. */
  enum What {
    PAGE,
    LEDGER
  }

  private void replace(What what) {
    if (what == What.PAGE) {
      host.replaceGenerationPage();
    } else {
      process.replaceLedger();
    }
  }

  ReplacedStateTest() {
    registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
  }

  private static DatastoreRegistry open(MemoryProcess process) {
    return DatastoreRegistry.builder(process.ports()).withoutWatcher().open();
  }

  private static void assertRefusesEverything(DatastoreRegistry registry) {
    for (Executable call :
        List.<Executable>of(
            () -> registry.lookup("store1", Operation.READ),
            () -> registry.lookup("store1", Operation.LOOKUP),
            () -> registry.activeOperations("store1"),
            () -> registry.update("store1", Map.of("comment", "x"), List.of()),
            () -> registry.create(DatastoreSection.of("store2", Map.of("path", "/mnt/store2"))),
            () -> registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null),
            () -> registry.destroy("store1", AT_ONCE, () -> {}))) {
      assertThrows(DatastoreException.SharedStateReplaced.class, call);
    }
  }

  @ParameterizedTest
  @EnumSource
  void afterTheWatcherNoticed_everythingIsRefused_andNothingIsChanged(What what) {
    registry.lookup("store1", Operation.READ).close();
    String before = new String(host.config(), UTF_8);
    replace(what);
    registry.refresh();
    assertRefusesEverything(registry);
    assertEquals(before, new String(host.config(), UTF_8));
    assertEquals(0, process.word("store1"));
  }

  @ParameterizedTest
  @EnumSource
  void slowLookup_withTheConfigLock_noticesItself(What what) {
    replace(what);
    assertThrows(
        DatastoreException.SharedStateReplaced.class,
        () -> registry.lookup("store1", Operation.READ));
  }

  @ParameterizedTest
  @EnumSource
  @Tag("kills:idle-process-does-not-look-after-its-files")
  void dropsAndEvictions_afterItWasNoticed_goOnByTheFileItself(What what) {
    DatastoreHandle handle = registry.lookup("store1", Operation.WRITE);
    replace(what);
    registry.refresh();
    DatastoreRegistry other = open(host.start(new JvmSync()));
    other.setMaintenance("store1", MaintenanceMode.OFFLINE, null); // bumps another page
    handle.close();
    assertEquals(List.of(), host.files().open());
  }

  @Test
  @Tag("kills:another-page-not-noticed")
  void drain_besideALiveProcessOnAnotherPage_isRefusedAndGivesTheModeBack() {
    DatastoreHandle handle = registry.lookup("store1", Operation.WRITE);
    host.replaceGenerationPage();
    DatastoreRegistry other = open(host.start(new JvmSync()));
    DatastoreException e =
        assertThrows(
            DatastoreException.LedgerUnavailable.class,
            () -> other.runMaintenance("store1", MaintenanceMode.OFFLINE, null, AT_ONCE, () -> {}));
    assertTrue(String.valueOf(e.getMessage()).contains("another generation page"), e.getMessage());
    try (DatastoreHandle view = other.lookup("store1", Operation.LOOKUP)) {
      assertEquals(MaintenanceMode.NONE, view.section().maintenanceMode());
    }
    handle.close();
  }

  /** It has nothing open, but will not hear of the mode. */
  @Test
  void drain_besideAProcessOnAnotherPageThatIsClosed_isRefusedToo() {
    registry.lookup("store1", Operation.LOOKUP).close();
    host.replaceGenerationPage();
    DatastoreRegistry other = open(host.start(new JvmSync()));
    assertThrows(
        DatastoreException.LedgerUnavailable.class,
        () -> other.runMaintenance("store1", MaintenanceMode.OFFLINE, null, AT_ONCE, () -> {}));
  }

  @Test
  void afterReopening_allIsWellAgain() {
    host.replaceGenerationPage();
    registry.refresh();
    registry.close();
    try (DatastoreRegistry again = open(host.start(new JvmSync()))) {
      again.lookup("store1", Operation.WRITE).close();
    }
  }

  @Test
  void realFiles_areReplacedOrDeleted_isNoticedAndTheLogSaysWhich(@TempDir Path home)
      throws IOException {
    Path run = home.resolve("run");
    Path config = home.resolve("datastore.cfg");
    assertNoticed(config, run, () -> replace(run, "config-versions"), "its generation page is no");
    assertNoticed(config, run, () -> deleteLedgers(run), "it is no longer at its path");
    for (Path beside : List.of(home, run)) {
      String name = beside.equals(home) ? ".datastore.use" : "config-use";
      String cause = "it uses file=" + beside.resolve(name) + ", which was replaced";
      assertNoticed(config, run, () -> replace(beside, name), cause);
    }
  }

  /** T3: for ever, as bumps may have been missed meanwhile. */
  @Test
  void realPage_thatComesBack_isOfNoUseAllTheSame(@TempDir Path home) throws IOException {
    Path run = home.resolve("run");
    Path page = run.resolve("config-versions");
    Path aside = run.resolve("aside");
    try (DatastoreRegistry real =
        DatastoreRegistry.builder(PosixPorts.of(home.resolve("datastore.cfg"), run, true))
            .withoutWatcher()
            .open()) {
      real.activeOperations("store1");
      Files.move(page, aside);
      assertThrows(
          DatastoreException.SharedStateReplaced.class, () -> real.activeOperations("store1"));
      Files.move(aside, page);
      assertThrows(
          DatastoreException.SharedStateReplaced.class, () -> real.activeOperations("store1"));
    }
  }

  private static void assertNoticed(Path config, Path run, Runnable damage, String cause) {
    try (DatastoreRegistry real =
            DatastoreRegistry.builder(PosixPorts.of(config, run, true)).withoutWatcher().open();
        Logged log = Logged.byThisThread(Level.SEVERE)) {
      real.activeOperations("store1");
      damage.run();
      assertThrows(
          DatastoreException.SharedStateReplaced.class, () -> real.activeOperations("store1"));
      String told = String.valueOf(log.records().get(0).getParameters()[1]);
      assertTrue(told.startsWith(cause), told);
    }
  }

  private static void replace(Path run, String name) {
    try {
      Path copy = Files.copy(run.resolve(name), run.resolve(name + ".copy"));
      Files.move(copy, run.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void deleteLedgers(Path run) {
    try (var files = Files.newDirectoryStream(run, "*.ops")) {
      for (Path ledger : files) {
        Files.delete(ledger);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
