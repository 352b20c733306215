package io.github.datastorelookup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.memory.MemoryFiles;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.MountTable;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.port.Ports;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a registry answers, on a machine in memory. */
class RegistryTest {
  private static final String UUID = "0ac0d2d6-7b2e-4e1f-9f0e-0a5b6c7d8e9f";

  private final ManualTicker ticker = new ManualTicker();
  private final MemoryHost host = new MemoryHost(HeapWord::new, ticker);
  private final MemoryProcess process = host.start(new JvmSync());
  private final DatastoreRegistry registry =
      DatastoreRegistry.builder(process.ports()).withoutWatcher().open();

  RegistryTest() {
    registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
  }

  private static void refused(
      Class<? extends DatastoreException> type, String message, Executable call) {
    assertEquals(message, assertThrows(type, call).getMessage());
  }

  private void write(String config) {
    host.writeConfig(config.getBytes(UTF_8));
    host.generation().getAndAdd(1);
  }

  private List<MemoryFiles.Open> open() {
    return host.files().open();
  }

  // ---- lookup
  // -------------------------------------------------------------------------------------

  @Test
  void lookup_ofAnExistingDatastore_grantsItsOpenChunkStore() {
    try (DatastoreHandle handle = registry.lookup("store1", Operation.WRITE)) {
      assertEquals("store1", handle.name());
      assertEquals(Operation.WRITE, handle.operation());
      assertEquals("/mnt/store1", handle.section().absolutePath());
      assertEquals("/mnt/store1", handle.chunkStore().path());
      assertEquals(List.of(((Handle) handle).openStore()), open());
      assertEquals(new ActiveOperations(0, 1), registry.activeOperations("store1"));
    }
    assertEquals(new ActiveOperations(0, 0), registry.activeOperations("store1"));
    assertEquals(1, open().size(), "files stay open while no mode wants them closed");
  }

  @Test
  void lookup_twice_sharesOneChunkStore() {
    try (DatastoreHandle first = registry.lookup("store1", Operation.READ);
        DatastoreHandle second = registry.lookup("store1", Operation.WRITE)) {
      assertSame(((Handle) first).openStore(), ((Handle) second).openStore());
      assertEquals(new ActiveOperations(1, 1), registry.activeOperations("store1"));
    }
  }

  @Test
  void lookup_justToLook_opensNothingAndCountsNothing() {
    try (DatastoreHandle handle = registry.lookup("store1", Operation.LOOKUP)) {
      assertThrows(IllegalStateException.class, handle::chunkStore);
      assertEquals(List.of(), open());
      assertEquals(new ActiveOperations(0, 0), registry.activeOperations("store1"));
    }
  }

  @Test
  void lookup_ofAnUnknownName_isRefused() {
    refused(
        DatastoreException.NoSuchDatastore.class,
        "no such datastore 'store2'",
        () -> registry.lookup("store2", Operation.READ));
  }

  @Tag("INV-14")
  @Test
  @Tag("kills:name-is-not-checked")
  void lookup_ofANameThatIsNoSafeId_isRefusedBeforeAnythingIsTouched() {
    int reads = process.configReads();
    for (String name :
        List.of("", "..", "../../etc", "a/b", ".lock", "ab", "a".repeat(33), "stоre1", "a\0bc")) {
      assertThrows(
          DatastoreException.InvalidName.class, () -> registry.lookup(name, Operation.READ), name);
    }
    assertEquals(reads, process.configReads());
  }

  @Test
  void lookup_inEachMode_isAdmittedAsTheTableSays() {
    String read = "datastore 'store1' is unavailable: ";
    expectModes(
        MaintenanceMode.READ_ONLY,
        true,
        false,
        true,
        read + "read-only maintenance mode: disk swap");
    expectModes(
        MaintenanceMode.OFFLINE, false, false, true, read + "offline maintenance mode: disk swap");
    expectModes(MaintenanceMode.UNMOUNT, false, false, true, read + "datastore is being unmounted");
    expectModes(
        MaintenanceMode.S3_REFRESH,
        false,
        false,
        true,
        read + "S3 refresh maintenance mode: disk swap");
    expectModes(MaintenanceMode.DELETE, false, false, false, read + "datastore is being deleted");
  }

  private void expectModes(
      MaintenanceMode mode, boolean reads, boolean writes, boolean looks, String message) {
    registry.setMaintenance("store1", mode, "disk swap");
    expect(Operation.READ, reads, message);
    expect(Operation.WRITE, writes, message);
    expect(Operation.LOOKUP, looks, message);
  }

  private void expect(Operation operation, boolean admitted, String message) {
    if (admitted) {
      registry.lookup("store1", operation).close();
    } else {
      refused(
          DatastoreException.DatastoreUnavailable.class,
          message,
          () -> registry.lookup("store1", operation));
    }
  }

  @Test
  void lookup_inAModeNobodyKnows_isRefused() {
    write("datastore: store1\n\tmaintenance-mode ofline\n\tpath /mnt/store1\n");
    refused(
        DatastoreException.DatastoreUnavailable.class,
        "datastore 'store1' is unavailable: unknown maintenance mode 'ofline'",
        () -> registry.lookup("store1", Operation.READ));
    registry.lookup("store1", Operation.LOOKUP).close();
  }

  @Tag("INV-13")
  @Test
  @Tag("kills:lookup-on-a-bare-mount-point")
  void lookup_ofARemovableDatastore_asksWhetherItIsMounted() {
    write("datastore: usb1\n\tbacking-device " + UUID + "\n\tpath backup\n");
    host.files().create("/mnt/datastore/usb1");
    String where = ": backing-device=" + UUID + " path=/mnt/datastore/usb1";
    String message = "datastore 'usb1' is not mounted" + where;
    String unknown = "cannot determine whether datastore 'usb1' is mounted" + where;
    Executable lookup = () -> registry.lookup("usb1", Operation.READ).close();
    refused(DatastoreException.NotMounted.class, message, lookup);
    host.mount(UUID, "/mnt/datastore/usb1", MountTable.Status.UNKNOWN);
    refused(DatastoreException.NotMounted.class, unknown, lookup);
    registry.lookup("usb1", Operation.LOOKUP).close();
    host.mount(UUID, "/mnt/datastore/usb1", MountTable.Status.MOUNTED);
    registry.lookup("usb1", Operation.READ).close();
    assertEquals(1, open().size());
    host.mount(UUID, "/mnt/datastore/usb1", MountTable.Status.NOT_MOUNTED);
    refused(DatastoreException.NotMounted.class, message, lookup);
    host.mount(UUID, "/mnt/datastore/usb1", MountTable.Status.UNKNOWN);
    refused(DatastoreException.NotMounted.class, unknown, lookup);
    assertEquals(1, open().size(), "what is unknown closes nothing");
  }

  @Tag("INV-13")
  @Tag("kills:created-on-a-bare-mount-point")
  @Test
  void create_ofARemovableDatastore_asksWhetherItIsMounted() {
    DatastoreSection usb1 =
        DatastoreSection.of("usb1", Map.of("backing-device", UUID, "path", "backup"));
    refused(
        DatastoreException.NotMounted.class,
        "datastore 'usb1' is not mounted: backing-device=" + UUID + " path=/mnt/datastore/usb1",
        () -> registry.create(usb1));
    assertEquals(null, host.files().lockFile("/mnt/datastore/usb1"), "nothing was made there");
    host.mount(UUID, "/mnt/datastore/usb1", MountTable.Status.MOUNTED);
    registry.create(usb1);
    registry.lookup("usb1", Operation.READ).close();
    assertEquals(1, open().size());
  }

  @Test
  void lookup_whenLockIsMissing_failsAndCountsNothing() {
    host.files().remove("/mnt/store1");
    DatastoreException refused =
        assertThrows(
            DatastoreException.OpenFailed.class, () -> registry.lookup("store1", Operation.READ));
    assertEquals(
        "datastore 'store1' cannot be opened: path=/mnt/store1: /mnt/store1/.lock: no such file",
        refused.getMessage());
    assertEquals(OperationWord.CLOSED, process.word("store1"));
    assertEquals(null, host.files().lockFile("/mnt/store1"), "a lookup never makes .lock");
  }

  @Test
  void lookup_whenTheLedgerIsFull_isRefused() {
    process.failLedger("No space left on device");
    DatastoreException refused =
        assertThrows(
            DatastoreException.LedgerUnavailable.class,
            () -> registry.lookup("store1", Operation.READ));
    assertEquals(
        "ledger=1.ops is unavailable: 1.ops: No space left on device", refused.getMessage());
    process.failLedger(null);
    registry.lookup("store1", Operation.READ).close();
  }

  @Test
  @Tag("INV-6")
  @Tag("kills:full-count-goes-on")
  @Tag("kills:full-count-not-undone")
  void lookup_atTheMaximumCount_isRefusedAndUndone() {
    DatastoreHandle one = registry.lookup("store1", Operation.READ);
    long full = OperationWord.LIMIT - 1L;
    Objects.requireNonNull(process.words().get("store1")).getAndAdd(full);
    assertThrows(
        DatastoreException.TooManyOperations.class,
        () -> registry.lookup("store1", Operation.READ));
    assertThrows(DatastoreException.TooManyOperations.class, one::duplicate);
    assertEquals(OperationWord.LIMIT, process.word("store1"));
    registry.lookup("store1", Operation.WRITE).close();
  }

  // ---- config
  // -------------------------------------------------------------------------------------

  @Tag("INV-13")
  @Test
  void lookup_whenTheConfigDoesNotParse_namesFileLineAndReason() {
    write("datastore: store1\n\tpath /mnt/store1\n\tno-such-key 1\n");
    refused(
        DatastoreException.ConfigInvalid.class,
        "parsing \"datastore.cfg\" failed: line 3 - unknown property 'no-such-key'",
        () -> registry.lookup("store1", Operation.READ));
    write("datastore: store1\n\tpath /mnt/store1\n");
    registry.lookup("store1", Operation.READ).close();
  }

  @Test
  void lookup_whenTheConfigCannotBeRead_isRefusedAndRecovers() {
    ticker.pass(Duration.ofSeconds(60));
    host.failConfig("Input/output error");
    refused(
        DatastoreException.ConfigUnavailable.class,
        "config file=datastore.cfg is unavailable: Input/output error",
        () -> registry.lookup("store1", Operation.READ));
    host.failConfig(null);
    registry.lookup("store1", Operation.READ).close();
  }

  @Test
  void lookup_withinTheTtl_readsNothingAgain() {
    registry.lookup("store1", Operation.READ).close();
    int reads = process.configReads();
    ticker.pass(Duration.ofSeconds(59));
    registry.lookup("store1", Operation.READ).close();
    assertEquals(reads, process.configReads());
    ticker.pass(Duration.ofSeconds(1));
    registry.lookup("store1", Operation.READ).close();
    assertEquals(reads + 1, process.configReads());
  }

  @Test
  void lookup_afterAnotherProcessSaved_seesItAtOnce() {
    DatastoreRegistry other = DatastoreRegistry.builder(host.process()).open();
    registry.lookup("store1", Operation.READ).close();
    other.update("store1", Map.of("comment", "from elsewhere"), List.of());
    try (DatastoreHandle handle = registry.lookup("store1", Operation.READ)) {
      assertEquals("from elsewhere", handle.section().property("comment"));
    }
  }

  @Tag("INV-13")
  @Test
  void save_withoutAGenerationCounter_isRefusedAndLookupsWork() {
    host.hideGeneration(true);
    DatastoreRegistry blind = DatastoreRegistry.builder(host.process()).open();
    blind.lookup("store1", Operation.READ).close();
    refused(
        DatastoreException.GenerationUnavailable.class,
        "no generation counter: saves are refused",
        () -> blind.update("store1", Map.of("comment", "x"), List.of()));
  }

  @Test
  @Tag("INV-13")
  @Tag("kills:path-changed-by-an-update")
  void update_ofWhatAnUpdateMayNotTouch_isRefused() {
    for (String key : List.of("path", "maintenance-mode", "backing-device")) {
      assertThrows(
          DatastoreException.EditRefused.class,
          () -> registry.update("store1", Map.of(), List.of(key)));
    }
    refused(
        DatastoreException.NoSuchDatastore.class,
        "no such datastore 'store2'",
        () -> registry.update("store2", Map.of("comment", "x"), List.of()));
  }

  @Test
  void update_keepsEverythingElse() {
    registry.create(DatastoreSection.of("store2", Map.of("path", "/mnt/2", "keep-last", "3")));
    registry.update("store1", Map.of("comment", "first"), List.of());
    registry.update("store1", Map.of("gc-schedule", "daily"), List.of("comment"));
    assertEquals(
        """
        datastore: store1
        	gc-schedule daily
        	path /mnt/store1

        datastore: store2
        	keep-last 3
        	path /mnt/2
        """,
        new String(host.config(), UTF_8));
  }

  @Test
  void save_bumpsTheGenerationTwice() {
    long before = host.generation().get();
    registry.update("store1", Map.of(), List.of());
    assertEquals(before + 2, host.generation().get(), "also when the text comes out the same");
  }

  // ---- create, maintain, remove
  // -------------------------------------------------------------------

  @Test
  void create_onATakenNameOrAnOverlappingPath_makesNothing() {
    for (String path : List.of("/mnt/store1", "/mnt/store1/", "/mnt/store1/sub", "/mnt", "/")) {
      assertThrows(
          DatastoreException.EditRefused.class,
          () -> registry.create(DatastoreSection.of("store2", Map.of("path", path))));
      assertTrue(path.equals("/mnt/store1") || host.files().lockFile(path) == null, "made " + path);
    }
    assertThrows(
        DatastoreException.EditRefused.class,
        () -> registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt/other"))));
    registry.create(DatastoreSection.of("store2", Map.of("path", "/mnt/store10")));
    for (String twoTexts :
        List.of("relative", "/mnt//store3", "/mnt/./store3", "/mnt/x/../3", "/srv/..", "/srv/.")) {
      assertThrows(
          DatastoreException.EditRefused.class,
          () -> registry.create(DatastoreSection.of("store3", Map.of("path", twoTexts))));
      assertEquals(null, host.files().lockFile(twoTexts));
    }
  }

  @Test
  void setMaintenance_awayFromDelete_isRefused() {
    registry.setMaintenance("store1", MaintenanceMode.DELETE, null);
    refused(
        DatastoreException.EditRefused.class,
        "datastore 'store1' cannot leave its mode: datastore is being deleted",
        () -> registry.clearMaintenance("store1"));
  }

  @Test
  void setMaintenance_whileAnotherTaskMaintains_isRefusedAtOnce() throws Exception {
    MemoryProcess other = host.start(new JvmSync());
    assertTrue(other.ports().locks().maintenance("store1").tryLock());
    refused(
        DatastoreException.MaintenanceInProgress.class,
        "datastore 'store1' is being maintained by another task: lock=store1.lck (held by pid 2)",
        () -> registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null));
  }

  @Test
  void remove_whileAnotherProcessUsesIt_isRefusedAndTheModeStays() {
    DatastoreRegistry other = DatastoreRegistry.builder(host.process()).open();
    DatastoreHandle handle = other.lookup("store1", Operation.READ);
    refused(
        DatastoreException.DatastoreInUse.class,
        "datastore 'store1' is currently in use: reads=1 writes=0",
        () -> registry.destroy("store1", Drain.atMost(Duration.ZERO), () -> {}));
    assertThrows(
        DatastoreException.DatastoreUnavailable.class,
        () -> other.lookup("store1", Operation.LOOKUP));
    handle.close();
    assertEquals(List.of(), open(), "the last drop closes");
    registry.destroy("store1", Drain.atMost(Duration.ZERO), () -> {});
    assertThrows(
        DatastoreException.NoSuchDatastore.class, () -> other.lookup("store1", Operation.READ));
  }

  @Test
  void remove_whenItsOnlyUserWasKilled_succeeds() {
    MemoryProcess victim = host.start(new JvmSync());
    DatastoreHandle lost =
        DatastoreRegistry.builder(victim.ports()).open().lookup("store1", Operation.WRITE);
    assertThrows(
        DatastoreException.DatastoreInUse.class,
        () -> registry.destroy("store1", Drain.atMost(Duration.ZERO), () -> {}));
    victim.kill();
    assertEquals(new ActiveOperations(0, 0), registry.activeOperations("store1"));
    registry.destroy("store1", Drain.atMost(Duration.ZERO), () -> {});
    assertFalse(victim.hasLedger(), "whoever finds a dead ledger deletes it");
    assertEquals(Operation.WRITE, lost.operation());
  }

  // ---- drop
  // ---------------------------------------------------------------------------------------

  @Test
  void close_ofTheLastHandleInOffline_closesTheFiles() {
    DatastoreHandle first = registry.lookup("store1", Operation.READ);
    DatastoreHandle second = registry.lookup("store1", Operation.WRITE);
    registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
    first.close();
    assertEquals(1, open().size());
    second.close();
    assertEquals(List.of(), open());
    assertEquals(OperationWord.CLOSED, process.word("store1"));
  }

  @Test
  void refresh_whenAnIdleDatastoreGoesOffline_closesItsFiles() {
    registry.lookup("store1", Operation.READ).close();
    registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
    assertEquals(1, open().size());
    registry.refresh();
    assertEquals(List.of(), open());
  }

  @Test
  void close_twice_countsOnce() {
    DatastoreHandle first = registry.lookup("store1", Operation.READ);
    DatastoreHandle second = registry.lookup("store1", Operation.READ);
    first.close();
    first.close();
    assertEquals(new ActiveOperations(1, 0), registry.activeOperations("store1"));
    assertThrows(IllegalStateException.class, first::chunkStore);
    assertThrows(IllegalStateException.class, first::duplicate);
    assertEquals(new ActiveOperations(1, 0), registry.activeOperations("store1"));
    second.close();
  }

  @Test
  void duplicate_inAModeThatRefusesLookups_isGranted() {
    DatastoreHandle first = registry.lookup("store1", Operation.READ);
    registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
    DatastoreHandle second = first.duplicate();
    first.close();
    assertEquals("/mnt/store1", second.chunkStore().path());
    second.close();
    assertEquals(List.of(), open());
  }

  @Test
  void state_survivesConfigChangesAndClosing_untilTheSectionIsGone() {
    DatastoreHandle handle = registry.lookup("store1", Operation.READ);
    handle.attributes().put("gc", "running");
    handle.close();
    registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
    registry.refresh();
    registry.clearMaintenance("store1");
    try (DatastoreHandle later = registry.lookup("store1", Operation.LOOKUP)) {
      assertEquals("running", later.attributes().get("gc"));
    }
    registry.destroy("store1", Drain.atMost(Duration.ZERO), () -> {});
    assertThrows(
        DatastoreException.NoSuchDatastore.class,
        () -> registry.lookup("store1", Operation.LOOKUP));
    registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
    try (DatastoreHandle fresh = registry.lookup("store1", Operation.LOOKUP)) {
      assertEquals(Map.of(), fresh.attributes());
    }
  }

  @Test
  void lookup_afterThePathMoved_isGrantedAtTheNewOneOnly() {
    DatastoreHandle old = registry.lookup("store1", Operation.READ);
    old.close();
    host.files().create("/mnt/new");
    write("datastore: store1\n\tpath /mnt/new\n");
    try (DatastoreHandle moved = registry.lookup("store1", Operation.READ)) {
      assertEquals("/mnt/new", moved.chunkStore().path());
      assertNotSame(old.section(), moved.section());
      assertEquals(1, open().size());
    }
  }

  // ---- life
  // ---------------------------------------------------------------------------------------

  @Test
  void closeOfTheRegistry_withHandlesOut_finishesWithTheLastDrop() {
    DatastoreHandle handle = registry.lookup("store1", Operation.WRITE);
    registry.close();
    assertThrows(
        DatastoreException.RegistryClosed.class, () -> registry.lookup("store1", Operation.READ));
    assertThrows(
        DatastoreException.RegistryClosed.class,
        () -> registry.update("store1", Map.of(), List.of()));
    assertThrows(DatastoreException.RegistryClosed.class, registry::config); // it is cached
    assertEquals("/mnt/store1", handle.chunkStore().path());
    assertTrue(process.hasLedger());
    handle.close();
    assertEquals(List.of(), open());
    assertFalse(process.hasLedger());
    registry.close();
  }

  @Test
  void open_secondRegistryOfAProcess_fails() {
    assertThrows(
        DatastoreException.LedgerUnavailable.class,
        () -> DatastoreRegistry.builder(process.ports()).open());
  }

  @Test
  void open_withoutPorts_isARegistryInMemory() {
    try (DatastoreRegistry alone = DatastoreRegistry.inMemory().open()) {
      alone.create(DatastoreSection.of("mine", Map.of("path", "/anywhere")));
      alone.lookup("mine", Operation.WRITE).close();
    }
  }

  @Test
  @Tag("INV-1")
  void lookup_withoutACounter_seesEachSaveOfOthersAtOnce() {
    host.hideGeneration(true);
    DatastoreRegistry without = DatastoreRegistry.builder(host.process()).withoutWatcher().open();
    without.lookup("store1", Operation.READ).close();
    registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
    assertThrows(
        DatastoreException.DatastoreUnavailable.class,
        () -> without.lookup("store1", Operation.READ));
  }

  @Test
  @Tag("INV-6")
  void count_withoutACounter_countsProcessesOnAPage() {
    host.hideGeneration(true);
    DatastoreRegistry without = DatastoreRegistry.builder(host.process()).withoutWatcher().open();
    try (DatastoreHandle running = registry.lookup("store1", Operation.WRITE)) {
      assertEquals(1, without.activeOperations(running.name()).writes());
    }
  }

  @Test
  @Tag("INV-5")
  void closeOfTheRegistry_withIdleFiles_closesThem() {
    registry.lookup("store1", Operation.READ).close();
    registry.close();
    assertEquals(List.of(), open());
    assertEquals(OperationWord.CLOSED, process.word("store1"));
    assertFalse(process.hasLedger());
  }

  @Test
  @Tag("INV-11")
  @Tag("kills:grant-keeps-the-mutex")
  void slowLookup_afterOneThatWasGranted_findsTheMutexFree() {
    registry.lookup("store1", Operation.READ).close();
    registry.update("store1", Map.of("comment", "x"), List.of());
    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> registry.lookup("store1", Operation.READ).close());
  }

  @Test
  @Tag("INV-5")
  void lookup_whoseFilesMovedAndDoNotOpen_leavesTheWordClosed() {
    registry.lookup("store1", Operation.READ).close();
    host.files().create("/mnt/new");
    host.files().fail("/mnt/new", true);
    write("datastore: store1\n\tpath /mnt/new\n");
    assertThrows(
        DatastoreException.OpenFailed.class, () -> registry.lookup("store1", Operation.READ));
    assertEquals(OperationWord.CLOSED, process.word("store1"));
  }

  @Test
  @Tag("INV-2")
  void lookups_oneAfterTheOther_doNotRenewTheTtl() {
    registry.lookup("store1", Operation.READ).close();
    host.writeConfig("datastore: store1\n\tcomment hand\n\tpath /mnt/store1\n".getBytes(UTF_8));
    for (int seconds = 0; seconds < 60; seconds += 20) {
      registry.lookup("store1", Operation.READ).close();
      ticker.pass(Duration.ofSeconds(20));
    }
    try (DatastoreHandle handle = registry.lookup("store1", Operation.READ)) {
      assertEquals("hand", handle.section().property("comment"));
    }
  }

  @Test
  @Tag("INV-8")
  void lookups_afterTheTtlFoundTheSameText_readItOncePerTtl() {
    registry.lookup("store1", Operation.READ).close();
    ticker.pass(Duration.ofSeconds(60));
    registry.lookup("store1", Operation.READ).close();
    int reads = process.configReads();
    ticker.pass(Duration.ofSeconds(59));
    registry.lookup("store1", Operation.READ).close();
    assertEquals(reads, process.configReads());
  }

  /** C1: closing twice does nothing, also to the next registry of the process. */
  @Test
  void close_again_doesNothingToTheNextRegistry() {
    MemoryHost machine = new MemoryHost();
    Ports ports = machine.process();
    DatastoreRegistry first = DatastoreRegistry.builder(ports).withoutWatcher().open();
    first.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
    first.close();
    DatastoreRegistry second = DatastoreRegistry.builder(ports).withoutWatcher().open();
    try (DatastoreHandle writer = second.lookup("store1", Operation.WRITE);
        DatastoreRegistry other =
            DatastoreRegistry.builder(machine.process()).withoutWatcher().open()) {
      first.close();
      first.refresh();
      assertEquals(new ActiveOperations(0, 1), other.activeOperations(writer.name()));
    }
  }
}
