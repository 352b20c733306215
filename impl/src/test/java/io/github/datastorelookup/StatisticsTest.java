package io.github.datastorelookup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.Statistics.SlowReason;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.MountTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code stats()} counts, and which log lines an operator gets. */
class StatisticsTest {
  private final ManualTicker ticker = new ManualTicker();
  private final MemoryHost host = new MemoryHost(HeapWord::new, ticker);
  private final MemoryProcess process = host.start(new JvmSync());
  private final DatastoreRegistry registry = open(process);

  StatisticsTest() {
    registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
  }

  private static DatastoreRegistry open(MemoryProcess process) {
    return DatastoreRegistry.builder(process.ports()).withoutWatcher().open();
  }

  private static Map<SlowReason, Long> reasons(Map<SlowReason, Long> some) {
    Map<SlowReason, Long> all = new EnumMap<>(SlowReason.class);
    for (SlowReason reason : SlowReason.values()) {
      all.put(reason, some.getOrDefault(reason, 0L));
    }
    return all;
  }

  private void read(String name) {
    registry.lookup(name, Operation.READ).close();
  }

  @Test
  void stats_ofANewRegistry_areZero() {
    assertEquals(new Statistics(0, reasons(Map.of()), 0, 0, 0, 0, Duration.ZERO), registry.stats());
  }

  @Test
  @Tag("INV-15")
  @Tag("kills:slow-lookups-not-counted")
  void slowLookups_areCountedByTheFirstReason() {
    read("store1");
    read("store1");
    registry.update("store1", Map.of("comment", "x"), List.of());
    read("store1");
    ticker.pass(Duration.ofMinutes(2));
    read("store1");
    registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
    registry.refresh();
    registry.clearMaintenance("store1");
    registry.refresh();
    read("store1");
    assertEquals(
        reasons(
            Map.of(
                SlowReason.NOT_LOADED, 1L,
                SlowReason.EDITED, 1L,
                SlowReason.EXPIRED, 1L,
                SlowReason.NOT_OPEN, 1L)),
        registry.stats().slowLookups());
    assertEquals(1, registry.stats().warmLookups());
    assertEquals(4, registry.stats().allSlowLookups());
    assertEquals(1, registry.stats().evictions());
    assertEquals(1, registry.stats().undos());
    assertEquals(5, registry.stats().reloads());
  }

  @Test
  void slowLookup_ofARemovableDatastore_saysSo() {
    String uuid = "0a1b2c3d-0000-4000-8000-000000000001";
    host.mount(uuid, "/mnt/datastore/usb", MountTable.Status.MOUNTED);
    registry.create(DatastoreSection.of("usb", Map.of("path", "data", "backing-device", uuid)));
    read("usb");
    read("usb");
    assertEquals(1, registry.stats().slowLookups().get(SlowReason.REMOVABLE));
  }

  @Test
  void slowLookup_whoseOpenFilesAreOfAnOlderSection_saysSo() {
    read("store1");
    registry.update("store1", Map.of("comment", "x"), List.of());
    registry.refresh();
    read("store1");
    assertEquals(1, registry.stats().slowLookups().get(SlowReason.OVERTAKEN));
    assertEquals(1, registry.stats().undos());
  }

  @Test
  @Tag("INV-15")
  @Tag("kills:manual-edit-counted-by-each-process")
  void manualEdit_isCountedByWhoFindsIt_andLoggedOnce() {
    DatastoreRegistry other = open(host.start(new JvmSync()));
    read("store1");
    other.lookup("store1", Operation.LOOKUP).close();
    host.writeConfig("datastore: store1\n\tcomment hand\n\tpath /mnt/store1\n".getBytes(UTF_8));
    ticker.pass(Duration.ofMinutes(2));
    try (Logged log = Logged.byThisThread(Level.INFO)) {
      read("store1");
      other.lookup("store1", Operation.LOOKUP).close();
      assertEquals(List.of("config file={0} was edited manually"), log.messages());
    }
    assertEquals(1, registry.stats().manualEdits());
    assertEquals(0, other.stats().manualEdits());
  }

  @Test
  void noCounterAndSwitchedOff_areReasonsToo() {
    host.hideGeneration(true);
    DatastoreRegistry without = open(host.start(new JvmSync()));
    without.lookup("store1", Operation.READ).close();
    assertEquals(1, without.stats().slowLookups().get(SlowReason.NO_COUNTER));
    DatastoreRegistry cold = DatastoreRegistry.builder(host.process()).withoutWarmPath().open();
    cold.lookup("store1", Operation.READ).close();
    assertEquals(1, cold.stats().slowLookups().get(SlowReason.SWITCHED_OFF));
    cold.close();
  }

  @Test
  void watcherInTrouble_isLoggedOnce_andAgainWhenItIsOver() {
    read("store1");
    host.writeConfig("torn".getBytes(UTF_8));
    ticker.pass(Duration.ofMinutes(2));
    try (Logged log = Logged.byThisThread(Level.INFO)) {
      registry.refresh();
      registry.refresh();
      registry.refresh();
      assertEquals(List.of("watcher failed, will retry: {0}"), log.messages());
      host.writeConfig("datastore: store1\n\tpath /mnt/store1\n".getBytes(UTF_8));
      registry.refresh();
      assertEquals("watcher recovered after: {0}", log.messages().get(1));
    }
  }

  @Test
  @Tag("INV-15")
  @Tag("kills:wait-for-the-lock-not-counted")
  void lockWait_whileAnotherProcessHasTheLock_isTheTimeItTook() throws Exception {
    var foreign = host.start(new JvmSync()).ports().locks().config();
    assertTrue(foreign.tryLock());
    var looking =
        CompletableFuture.runAsync(() -> registry.lookup("store1", Operation.LOOKUP).close());
    await().until(() -> ticker.asked() > 3);
    ticker.pass(Duration.ofSeconds(2));
    foreign.unlock();
    looking.get(10, TimeUnit.SECONDS);
    assertEquals(Duration.ofSeconds(2), registry.stats().lockWait());
  }

  /** The wait for another thread of this process counts, too: one clock for both. */
  @Test
  @Tag("INV-15")
  void lockWait_behindAThreadThatWaits_isTheTimeOfBoth() throws Exception {
    var foreign = host.start(new JvmSync()).ports().locks().config();
    assertTrue(foreign.tryLock());
    List<Thread> looking = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Thread each = new Thread(() -> registry.lookup("store1", Operation.LOOKUP).close());
      each.start();
      looking.add(each);
      await().until(() -> each.getState() == Thread.State.TIMED_WAITING);
    }
    ticker.pass(Duration.ofSeconds(2));
    foreign.unlock();
    for (Thread each : looking) {
      each.join();
    }
    assertEquals(Duration.ofSeconds(4), registry.stats().lockWait());
  }

  @Test
  void slowLookups_asAMap_cannotBeChanged() {
    Map<SlowReason, Long> map = registry.stats().slowLookups();
    assertThrows(UnsupportedOperationException.class, () -> map.put(SlowReason.EDITED, 5L));
  }
}
