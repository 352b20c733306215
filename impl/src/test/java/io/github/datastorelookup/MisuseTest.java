package io.github.datastorelookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.ChunkStores.ChunkStore;
import io.github.datastorelookup.port.ChunkStores.ChunkStoreView;
import io.github.datastorelookup.port.Ports;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mistakes of a caller that do not compile, or harm no other thread. */
class MisuseTest {
  private static final Drain AT_ONCE = Drain.atMost(Duration.ZERO);

  private final MemoryHost host = new MemoryHost();
  private final MemoryProcess process = host.start(new JvmSync());
  private final DatastoreRegistry registry =
      DatastoreRegistry.builder(process.ports()).detectLeaks().withoutWatcher().open();

  MisuseTest() {
    registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
  }

  @AfterEach
  void close() {
    registry.close();
  }

  /** INV-4, INV-9: only the library closes files. */
  @Test
  @Tag("INV-9")
  @Tag("kills:handle-hands-out-its-files")
  void chunkStore_ofAHandle_cannotBeClosed() {
    try (DatastoreHandle handle = registry.lookup("store1", Operation.WRITE)) {
      ChunkStoreView store = handle.chunkStore();
      assertFalse(
          store instanceof ChunkStore || store instanceof AutoCloseable,
          "INV-9: a holder can close the files of all");
      assertTrue(
          Arrays.stream(ChunkStoreView.class.getMethods())
              .noneMatch(method -> method.getName().equals("close")));
    }
  }

  @Test
  void chunkStore_ofAClosedHandle_locksNothing() throws IOException {
    try (DatastoreHandle other = registry.lookup("store1", Operation.READ)) {
      ChunkStoreView store;
      try (DatastoreHandle handle = registry.lookup("store1", Operation.WRITE)) {
        store = handle.chunkStore();
        try (var guard = store.tryShared()) {
          assertNotNull(guard);
        }
      }
      assertThrows(IllegalStateException.class, store::tryShared);
      assertThrows(IllegalStateException.class, store::tryExclusive);
      assertEquals("/mnt/store1", store.path(), "what it was stays known");
      try (var guard = other.chunkStore().tryExclusive()) {
        assertNotNull(guard, "nothing is locked");
      }
    }
  }

  @Test
  void builder_withoutPorts_doesNotExist() {
    List<Class<?>[]> parameters =
        Arrays.stream(DatastoreRegistry.class.getMethods())
            .filter(method -> method.getName().equals("builder"))
            .map(method -> method.getParameterTypes())
            .toList();
    assertEquals(1, parameters.size());
    assertEquals(List.of(Ports.class), List.of(parameters.get(0)));
  }

  @Test
  void task_returnsAValue_whichTheCallerGets() {
    int moved =
        registry.move(
            "store1",
            "/mnt/new",
            AT_ONCE,
            () -> {
              host.files().alias("/mnt/new", "/mnt/store1");
              host.files().remove("/mnt/store1");
              return 3;
            });
    assertEquals(3, moved);
    assertEquals(
        "checked",
        registry.runMaintenance(
            "store1", MaintenanceMode.READ_ONLY, null, AT_ONCE, () -> "checked"));
    assertEquals(4, registry.destroy("store1", AT_ONCE, () -> 4));
  }

  @Test
  void task_throwsACheckedException_whichIsTheCause() {
    IOException cause = new IOException("no space left on device");
    var failed =
        assertThrows(
            DatastoreException.MaintenanceFailed.class,
            () ->
                registry.destroy(
                    "store1",
                    AT_ONCE,
                    () -> {
                      throw cause;
                    }));
    assertSame(cause, failed.getCause());
    assertThrows( // the mode stays
        DatastoreException.DatastoreUnavailable.class,
        () -> registry.lookup("store1", Operation.LOOKUP));
  }

  @Test
  void task_endsByAnInterrupt_leavesTheFlagSet() {
    assertThrows(
        DatastoreException.MaintenanceFailed.class,
        () ->
            registry.runMaintenance(
                "store1",
                MaintenanceMode.OFFLINE,
                null,
                AT_ONCE,
                () -> {
                  throw new InterruptedException();
                }));
    assertTrue(Thread.interrupted());
  }
}
