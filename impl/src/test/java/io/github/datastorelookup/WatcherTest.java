package io.github.datastorelookup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the watcher of an idle process does, and when it ends. */
class WatcherTest {
  private static final Duration PERIOD = Duration.ofMillis(5);

  private final Set<Thread> before = Thread.getAllStackTraces().keySet();
  private final ManualTicker ticker = new ManualTicker();
  private final MemoryHost host = new MemoryHost(HeapWord::new, ticker);
  private final MemoryProcess process = host.start(new JvmSync());
  private final DatastoreRegistry idle =
      DatastoreRegistry.builder(process.ports()).watch(PERIOD).open();
  private final DatastoreRegistry other =
      DatastoreRegistry.builder(host.process()).withoutWatcher().open();

  WatcherTest() {
    other.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
    idle.lookup("store1", Operation.READ).close();
    assertEquals(1, host.files().open().size());
  }

  @AfterEach
  void close() {
    idle.close();
  }

  @Test
  void watcher_afterAnotherProcessSetOffline_closesIdleFiles() {
    other.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
    await().until(() -> host.files().open().isEmpty());
  }

  @Test
  void watcher_afterAnEditByHand_closesIdleFilesOnceTheTtlIsOver() {
    host.writeConfig(new byte[] {'\n'});
    ticker.pass(Duration.ofSeconds(60));
    await().until(() -> host.files().open().isEmpty());
  }

  @Test
  void watcher_ofAConfigThatDoesNotParse_goesOnOnceItDoes() {
    host.writeConfig("torn".getBytes(UTF_8));
    ticker.pass(Duration.ofSeconds(60));
    int reads = process.configReads();
    await().until(() -> process.configReads() > reads + 3);
    assertEquals(1, host.files().open().size());
    host.writeConfig(new byte[] {'\n'});
    await().until(() -> host.files().open().isEmpty());
  }

  @Test
  void refresh_thatFailsTwiceForOneReason_logsItOnceAndThenItsEnd() {
    byte[] good = host.config();
    host.writeConfig("torn".getBytes(UTF_8));
    ticker.pass(Duration.ofSeconds(60));
    try (DatastoreRegistry quiet =
            DatastoreRegistry.builder(host.process()).withoutWatcher().open();
        Logged logged = Logged.byThisThread(Level.INFO)) {
      quiet.refresh();
      quiet.refresh();
      assertEquals(List.of("watcher failed, will retry: {0}"), logged.messages());
      host.writeConfig(good);
      quiet.refresh();
      quiet.refresh();
      assertEquals("watcher recovered after: {0}", logged.messages().get(1));
      assertEquals(2, logged.messages().size());
    }
  }

  @Test
  void remove_whileAnotherProcessIsIdle_waitsForItsWatcher() {
    other.destroy("store1", Drain.atMost(Duration.ofHours(1)), () -> {});
    assertTrue(host.files().open().isEmpty());
  }

  @Test
  void watcher_afterTheRegistryIsClosed_ends() {
    DatastoreHandle handle = idle.lookup("store1", Operation.READ);
    idle.close();
    assertTrue(watchers() > 0, "it watches until the last handle is gone");
    handle.close();
    await().until(() -> watchers() == 0);
  }

  /** What a registry refuses because it is being closed is no failure of its watcher. */
  @Test
  void refresh_whileTheRegistryIsClosed_logsNoFailure() {
    Deque<Runnable> next = new ArrayDeque<>();
    Ticker closing =
        () -> {
          Runnable now = next.poll();
          if (now != null) {
            now.run();
          }
          return ticker.nanoTime();
        };
    DatastoreRegistry closed =
        DatastoreRegistry.builder(host.process().withTicker(closing)).withoutWatcher().open();
    closed.lookup("store1", Operation.READ).close();
    next.add(closed::close);
    try (Logged logged = Logged.byThisThread(Level.INFO)) {
      closed.refresh();
      assertTrue(next.isEmpty(), "it was not closed meanwhile");
      assertEquals(List.of(), logged.messages());
    }
  }

  private long watchers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("datastore-lookup-watcher"))
        .filter(thread -> !before.contains(thread))
        .count();
  }
}
