package io.github.datastorelookup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Edits by the API and by hand: what they are based on, and what they reach. */
class EditTest {
  private final ManualTicker ticker = new ManualTicker();
  private final MemoryHost host = new MemoryHost(HeapWord::new, ticker);
  private final DatastoreRegistry registry = open(host.start(new JvmSync()));

  EditTest() {
    registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
  }

  private static DatastoreRegistry open(MemoryProcess process) {
    return DatastoreRegistry.builder(process.ports()).withoutWatcher().open();
  }

  private void comment(String text, String digest) {
    registry.update("store1", Map.of("comment", text), List.of(), digest);
  }

  @Test
  void update_basedOnTheConfigOfNow_isMade() {
    comment("one", registry.config().digest());
    comment("two", registry.config().digest());
    assertEquals("two", registry.config().sections().get(0).property("comment"));
  }

  @Tag("INV-13")
  @Test
  void update_basedOnAnOlderConfig_isRefusedAndChangesNothing() {
    String seen = registry.config().digest();
    open(host.start(new JvmSync())).update("store1", Map.of("gc-schedule", "daily"), Set.of());
    String before = new String(host.config(), UTF_8);
    long generation = host.generation().get();
    DatastoreException e =
        assertThrows(DatastoreException.DigestMismatch.class, () -> comment("x", seen));
    assertTrue(String.valueOf(e.getMessage()).contains("expected=" + seen), e.getMessage());
    assertEquals(before, new String(host.config(), UTF_8));
    assertEquals(generation, host.generation().get());
  }

  @Test
  void update_basedOnWhatAnEditByHandReplaced_isRefused() {
    String seen = registry.config().digest();
    host.writeConfig("datastore: store1\n\tcomment hand\n\tpath /mnt/store1\n".getBytes(UTF_8));
    assertThrows(DatastoreException.DigestMismatch.class, () -> comment("x", seen));
  }

  @Test
  void config_isThatOfALookup_andItsListCannotBeChanged() {
    ConfigView view = registry.config();
    assertEquals(List.of("store1"), view.sections().stream().map(s -> s.name()).toList());
    assertThrows(UnsupportedOperationException.class, () -> view.sections().clear());
  }

  @Tag("INV-10")
  @Test
  void tuning_changedWhileFilesAreOpen_reachesTheNextHandleOfTheSameChunkStore() {
    try (DatastoreHandle before = registry.lookup("store1", Operation.WRITE)) {
      registry.update("store1", Map.of("tuning", "sync-level=file"), List.of());
      try (DatastoreHandle after = registry.lookup("store1", Operation.WRITE);
          DatastoreHandle warm = registry.lookup("store1", Operation.WRITE)) {
        assertSame(((Handle) before).openStore(), ((Handle) after).openStore());
        assertEquals("sync-level=file", after.section().tuning());
        assertEquals("sync-level=file", warm.section().tuning());
        assertNull(before.section().tuning());
      }
    }
  }

  @Test
  void otherSection_changed_keepsTheSectionAndTheWarmPathOfThisOne() {
    registry.create(DatastoreSection.of("store2", Map.of("path", "/mnt/store2")));
    DatastoreSection before;
    try (DatastoreHandle handle = registry.lookup("store1", Operation.READ)) {
      before = handle.section();
    }
    registry.update("store2", Map.of("comment", "x"), List.of());
    registry.refresh();
    long slow = registry.stats().allSlowLookups();
    try (DatastoreHandle handle = registry.lookup("store1", Operation.READ)) {
      assertSame(before, handle.section());
    }
    assertEquals(slow, registry.stats().allSlowLookups());
  }

  @Tag("INV-13")
  @Test
  void configFile_goneForAMoment_refusesInsteadOfForgettingEverything() {
    registry.lookup("store1", Operation.READ).close();
    byte[] text = host.config();
    host.removeConfig();
    registry.lookup("store1", Operation.READ).close(); // cached, and nobody said otherwise
    ticker.pass(Duration.ofMinutes(2));
    DatastoreException e =
        assertThrows(
            DatastoreException.ConfigUnavailable.class,
            () -> registry.lookup("store1", Operation.READ));
    assertEquals(
        "config file=datastore.cfg is unavailable: the file is missing but had sections: restore it,"
            + " or write a line feed to start without datastores",
        e.getMessage());
    assertThrows(
        DatastoreException.ConfigUnavailable.class,
        () -> registry.create(DatastoreSection.of("store2", Map.of("path", "/mnt/store2"))));
    registry.refresh();
    assertEquals(1, host.files().open().size(), "a missing file says nothing about sections");
    host.writeConfig(text);
    registry.lookup("store1", Operation.READ).close();
  }

  @Tag("INV-13")
  @Test
  @Tag("kills:saves-know-no-sections")
  void configFile_goneAfterASaveOnly_refusesASaveThatWouldMakeItSoForEver() {
    host.removeConfig(); // this registry has never loaded a config, but it saved one
    assertThrows(
        DatastoreException.ConfigUnavailable.class,
        () -> registry.create(DatastoreSection.of("store2", Map.of("path", "/mnt/store2"))));
    assertEquals(0, host.config().length, "no file");
    host.writeConfig(new byte[] {'\n'});
    assertEquals(List.of(), registry.config().sections(), "a line feed begins anew");
  }

  @Tag("INV-13")
  @Test
  @Tag("kills:zero-bytes-are-empty")
  void configFile_ofZeroBytes_isRefusedByEveryRegistryAndNotWrittenOver() {
    host.writeConfig(new byte[0]);
    for (DatastoreRegistry each : List.of(registry, open(host.start(new JvmSync())))) {
      assertThrows(
          DatastoreException.ConfigUnavailable.class,
          () -> each.create(DatastoreSection.of("store2", Map.of("path", "/mnt/store2"))));
      DatastoreException e =
          assertThrows(DatastoreException.ConfigUnavailable.class, () -> each.config());
      assertTrue(String.valueOf(e.getMessage()).contains("zero bytes"), e.getMessage());
    }
    assertEquals(0, host.config().length);
  }

  @Test
  void lastDatastore_destroyed_leavesALineFeed() {
    registry.destroy("store1", Drain.atMost(Duration.ZERO), () -> {});
    assertEquals("\n", new String(host.config(), UTF_8));
    assertEquals(List.of(), open(host.start(new JvmSync())).config().sections());
  }

  @Test
  void configFile_thatNeverWas_isEmpty() {
    host.removeConfig();
    assertEquals(List.of(), open(host.start(new JvmSync())).config().sections());
  }

  @Tag("INV-12")
  @Test
  @Tag("kills:dead-predecessor-stays")
  void restart_besideTheLedgerOfAKilledPredecessor_deletesIt() {
    MemoryProcess predecessor = host.start(new JvmSync());
    open(predecessor).lookup("store1", Operation.WRITE);
    predecessor.kill();
    assertTrue(predecessor.hasLedger());
    DatastoreRegistry next = open(host.start(new JvmSync()));
    assertFalse(predecessor.hasLedger());
    next.runMaintenance(
        "store1", MaintenanceMode.READ_ONLY, null, Drain.atMost(Duration.ZERO), () -> {});
  }

  @Test
  @Tag("INV-13")
  void update_afterAnEditByHandThatNobodySaw_keepsIt() {
    registry.lookup("store1", Operation.LOOKUP).close();
    host.writeConfig("datastore: store1\n\tcomment hand\n\tpath /mnt/store1\n".getBytes(UTF_8));
    registry.update("store1", Map.of("gc-schedule", "daily"), List.of());
    assertEquals(
        "datastore: store1\n\tcomment hand\n\tgc-schedule daily\n\tpath /mnt/store1\n",
        new String(host.config(), UTF_8));
  }
}
