package io.github.datastorelookup;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.ChunkStores;
import io.github.datastorelookup.port.OperationWord;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Handles that nobody closed are told about, and dropped. */
@Tag("INV-6")
@Tag("INV-15")
class LeakDetectionTest {
  private final MemoryHost host = new MemoryHost();
  private final MemoryProcess process = host.start(new JvmSync());
  private final DatastoreRegistry registry =
      DatastoreRegistry.builder(process.ports()).withoutWatcher().detectLeaks().open();
  private final Logged log = Logged.containing("never closed", Level.WARNING);

  LeakDetectionTest() {
    registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
  }

  @AfterEach
  void stopLogging() {
    log.close();
  }

  private DatastoreHandle lookup() {
    return registry.lookup("store1", Operation.WRITE);
  }

  private void forget() {
    String used = lookup().chunkStore().path();
    assertEquals("/mnt/store1", used);
  }

  private void awaitIdle() {
    await()
        .until(
            () -> {
              System.gc();
              return process.word("store1") == 0;
            });
  }

  @Test
  @Tag("kills:leak-is-reported-but-not-dropped")
  @Tag("kills:leak-reported-without-its-lookup")
  void handle_neverClosed_isReportedWithItsLookup_andDropped() {
    forget();
    awaitIdle();
    await().until(() -> !log.records().isEmpty());
    LogRecord leak = log.records().get(0);
    assertTrue(leak.getMessage().contains("was never closed"), leak.getMessage());
    assertTrue(leak.getMessage().contains("store1"), leak.getMessage());
    assertNotNull(leak.getThrown(), "no stack");
    assertTrue(
        Arrays.stream(leak.getThrown().getStackTrace())
            .anyMatch(frame -> frame.getMethodName().equals("forget")),
        "the stack names who looked it up");
  }

  @Test
  void duplicate_neverClosed_isReportedToo() {
    try (DatastoreHandle first = lookup()) {
      String name = first.duplicate().name();
      assertEquals("store1", name);
      assertEquals(2, OperationWord.writes(process.word("store1")));
      await()
          .until(
              () -> {
                System.gc();
                return OperationWord.writes(process.word("store1")) == 1;
              });
      assertEquals("/mnt/store1", first.chunkStore().path());
    }
  }

  /** Whoever keeps no more than the chunk store of a handle still uses it. */
  @Test
  void handle_ofWhichTheChunkStoreIsKept_isNoLeak() {
    ChunkStores.ChunkStoreView kept = lookup().chunkStore();
    for (int leaks = 1; leaks <= 3; leaks++) {
      forget(); // collected after the next collection, as the handle of the view would be
      int expected = leaks;
      await()
          .until(
              () -> {
                System.gc();
                return log.records().size() >= expected;
              });
    }
    assertEquals(1, OperationWord.writes(process.word("store1")));
    assertEquals(3, log.records().size());
    assertEquals("/mnt/store1", kept.path()); // so it was reachable until here
  }

  @Test
  void handles_closedOnceOrTwice_areSilentAndCountOnce() {
    for (int i = 0; i < 100; i++) {
      DatastoreHandle handle = lookup();
      handle.close();
      handle.close();
    }
    System.gc();
    awaitIdle();
    assertEquals(List.of(), log.messages());
  }
}
