package io.github.datastorelookup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.MountTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Tasks that wait until a datastore is idle: what they wait for, and what each failure leaves. */
class DrainTest {
  private static final Drain LONG = Drain.atMost(Duration.ofMinutes(1));
  private static final Drain AT_ONCE = Drain.atMost(Duration.ZERO);

  private final MemoryHost host = new MemoryHost();
  private final DatastoreRegistry decider = DatastoreRegistry.builder(host.process()).open();
  private final DatastoreRegistry worker =
      DatastoreRegistry.builder(host.process()).watch(Duration.ofMillis(5)).open();
  private final List<String> done = new CopyOnWriteArrayList<>();

  DrainTest() {
    decider.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
    decider.create(DatastoreSection.of("store2", Map.of("path", "/mnt/store2")));
  }

  @AfterEach
  void close() {
    worker.close();
    decider.close();
  }

  private String config() {
    return new String(host.config(), UTF_8);
  }

  private MaintenanceMode mode() {
    try (DatastoreHandle handle = worker.lookup("store1", Operation.LOOKUP)) {
      return handle.section().maintenanceMode();
    }
  }

  @Test
  void destroy_whileAWriterRuns_waitsAndThenFindsNoFileOpen() throws Exception {
    DatastoreHandle writer = worker.lookup("store1", Operation.WRITE);
    List<ActiveOperations> told = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> destroyed =
        CompletableFuture.runAsync(
            () ->
                decider.destroy(
                    "store1",
                    LONG.onProgress(told::add),
                    () -> done.add("files open: " + host.files().open().size())));
    await().until(() -> told.contains(new ActiveOperations(0, 1)));
    assertEquals(List.of(), done);
    writer.close();
    destroyed.get(30, TimeUnit.SECONDS);
    assertEquals(List.of("files open: 0"), done);
    assertEquals("datastore: store2\n\tpath /mnt/store2\n", config());
  }

  @Test
  @Tag("INV-15")
  @Tag("kills:progress-told-once")
  @Tag("kills:progress-told-at-each-look")
  void progress_isToldAtTheBeginning_andEachTimeThatTheNumbersChange() throws Exception {
    DatastoreHandle writer = worker.lookup("store1", Operation.WRITE);
    DatastoreHandle reader = worker.lookup("store1", Operation.READ);
    List<ActiveOperations> told = new CopyOnWriteArrayList<>();
    AtomicInteger looks = new AtomicInteger();
    Drain drain =
        LONG.onProgress(told::add).cancelWhen(() -> looks.incrementAndGet() > Short.MAX_VALUE);
    CompletableFuture<Void> destroyed =
        CompletableFuture.runAsync(() -> decider.destroy("store1", drain, () -> {}));
    await().until(() -> looks.get() > 2);
    assertEquals(List.of(new ActiveOperations(1, 1)), told);
    writer.close();
    await().until(() -> told.size() > 1);
    int now = looks.get();
    await().until(() -> looks.get() > now + 2);
    assertEquals(List.of(new ActiveOperations(1, 1), new ActiveOperations(1, 0)), told);
    reader.close();
    destroyed.get(30, TimeUnit.SECONDS);
    assertTrue(told.size() <= 3, "nobody, if the files were still open then: " + told);
  }

  @Test
  void destroy_whenRemovingTheDataFails_leavesTheModeAndSaysSo() {
    DatastoreException failed =
        assertThrows(
            DatastoreException.MaintenanceFailed.class,
            () ->
                decider.destroy(
                    "store1",
                    AT_ONCE,
                    () -> {
                      throw new IllegalStateException("disk on fire");
                    }));
    assertEquals(
        "maintenance of datastore 'store1' failed, mode=delete stays:"
            + " java.lang.IllegalStateException: disk on fire",
        failed.getMessage());
    assertTrue(config().contains("maintenance-mode delete"), config());
    decider.destroy("store1", AT_ONCE, () -> done.add("second try"));
    assertEquals(List.of("second try"), done);
  }

  @Test
  void runMaintenance_inOffline_closesFilesAndEndsTheMode() {
    worker.lookup("store1", Operation.READ).close();
    decider.runMaintenance(
        "store1",
        MaintenanceMode.OFFLINE,
        "disk swap",
        LONG,
        () -> {
          done.add(mode() + ", files open: " + host.files().open().size());
          // INV-11: no lock is held that another datastore needs.
          worker.lookup("store2", Operation.WRITE).close();
        });
    assertEquals(List.of("OFFLINE, files open: 0"), done);
    assertEquals(MaintenanceMode.NONE, mode());
    worker.lookup("store1", Operation.WRITE).close();
  }

  @Test
  void runMaintenance_inAModeThatDoesNotClear_doesNotWaitForFilesToBeClosed() {
    worker.lookup("store1", Operation.READ).close();
    decider.runMaintenance(
        "store1", MaintenanceMode.S3_REFRESH, null, AT_ONCE, () -> done.add("refreshed"));
    assertEquals(1, host.files().open().size());
    try (DatastoreHandle reader = worker.lookup("store1", Operation.READ)) {
      decider.runMaintenance(
          "store1", MaintenanceMode.READ_ONLY, null, AT_ONCE, () -> done.add("beside " + reader));
    }
    assertEquals(List.of("refreshed", "beside READ store1"), done);
  }

  @Test
  void runMaintenance_notIdleInTime_givesTheModeOfBeforeBack() {
    decider.setMaintenance("store1", MaintenanceMode.READ_ONLY, "for now");
    String before = config();
    try (DatastoreHandle reader = worker.lookup("store1", Operation.READ)) {
      assertThrows(
          DatastoreException.DatastoreInUse.class,
          () ->
              decider.runMaintenance(
                  "store1", MaintenanceMode.UNMOUNT, null, AT_ONCE, () -> done.add("never")));
      assertEquals(reader.name(), "store1");
    }
    assertEquals(before, config());
    assertEquals(List.of(), done);
  }

  /** M2: while it waits it saves nothing, so that nobody has to load. */
  @Test
  void runMaintenance_whileItWaits_bumpsNothing() {
    try (DatastoreHandle reader = worker.lookup("store1", Operation.READ)) {
      long before = host.generation().get();
      assertThrows(
          DatastoreException.DatastoreInUse.class,
          () ->
              decider.runMaintenance(
                  reader.name(),
                  MaintenanceMode.UNMOUNT,
                  null,
                  Drain.atMost(Duration.ofMillis(50)),
                  () -> done.add("never")));
      assertEquals(before + 4, host.generation().get()); // two saves
    }
  }

  @Test
  void destroy_whoseSectionIsRemovedWhileItWaits_saysSo() {
    DatastoreHandle reader = worker.lookup("store1", Operation.READ);
    Drain drain =
        Drain.atMost(Duration.ofMinutes(1))
            .onProgress(
                still -> {
                  host.writeConfig(new byte[] {'\n'});
                  reader.close();
                });
    assertThrows(
        DatastoreException.NoSuchDatastore.class,
        () -> decider.destroy("store1", drain, () -> done.add("never")));
    assertEquals(List.of(), done);
  }

  /** M4: an action whose datastore is gone by then took effect, and the refusal says enough. */
  @Test
  void runMaintenance_whoseSectionIsRemovedMeanwhile_saysSo() {
    assertThrows(
        DatastoreException.NoSuchDatastore.class,
        () ->
            decider.runMaintenance(
                "store1",
                MaintenanceMode.OFFLINE,
                null,
                AT_ONCE,
                () -> host.writeConfig(new byte[] {'\n'})));
  }

  @Test
  void runMaintenance_cancelled_givesTheModeOfBeforeBack() throws Exception {
    String before = config();
    AtomicBoolean cancelled = new AtomicBoolean();
    List<ActiveOperations> told = new CopyOnWriteArrayList<>();
    DatastoreHandle reader = worker.lookup("store1", Operation.READ);
    CompletableFuture<Void> task =
        CompletableFuture.runAsync(
            () ->
                assertThrows(
                    DatastoreException.DrainCancelled.class,
                    () ->
                        decider.runMaintenance(
                            "store1",
                            MaintenanceMode.OFFLINE,
                            null,
                            LONG.cancelWhen(cancelled::get).onProgress(told::add),
                            () -> done.add("never"))));
    await().until(() -> !told.isEmpty());
    assertEquals(MaintenanceMode.OFFLINE, mode());
    cancelled.set(true);
    task.get(30, TimeUnit.SECONDS);
    assertEquals(before, config());
    reader.close();
  }

  @Test
  void runMaintenance_interruptedWhileItWaits_givesTheModeOfBeforeBack() throws Exception {
    String before = config();
    List<ActiveOperations> told = new CopyOnWriteArrayList<>();
    List<Boolean> flag = new CopyOnWriteArrayList<>();
    DatastoreHandle reader = worker.lookup("store1", Operation.READ);
    Thread task =
        new Thread(
            () -> {
              assertThrows(
                  DatastoreException.Interrupted.class,
                  () ->
                      decider.runMaintenance(
                          "store1",
                          MaintenanceMode.OFFLINE,
                          null,
                          LONG.onProgress(told::add),
                          () -> done.add("never")));
              flag.add(Thread.currentThread().isInterrupted());
            });
    task.start();
    await().until(() -> !told.isEmpty());
    task.interrupt();
    task.join();
    assertEquals(List.of(true), flag, "refused as interrupted, and the flag is kept");
    assertEquals(before, config());
    reader.close();
  }

  @Test
  void destroy_whenTheTaskLeavesItsThreadInterrupted_finishesAllTheSame() {
    decider.destroy("store1", LONG, () -> Thread.currentThread().interrupt());
    assertTrue(Thread.interrupted());
    assertEquals("datastore: store2\n\tpath /mnt/store2\n", config());
  }

  @Test
  void runMaintenance_withATimeoutForEver_waits() {
    Drain forEver = Drain.atMost(Duration.ofSeconds(Long.MAX_VALUE));
    decider.runMaintenance(
        "store1", MaintenanceMode.OFFLINE, null, forEver, () -> done.add("done"));
    assertEquals(List.of("done"), done);
  }

  @Test
  void runMaintenance_whenTheModeIsClearedByHandMeanwhile_givesUpAndChangesNothing() {
    DatastoreHandle reader = worker.lookup("store1", Operation.READ);
    byte[] before = host.config();
    List<ActiveOperations> told = new ArrayList<>();
    Drain drain =
        LONG.onProgress(
            still -> {
              told.add(still);
              host.writeConfig(before); // an administrator ends the mode
              reader.close();
            });
    assertThrows(
        DatastoreException.EditRefused.class,
        () ->
            decider.runMaintenance(
                "store1", MaintenanceMode.S3_REFRESH, null, drain, () -> done.add("never")));
    assertEquals(List.of(new ActiveOperations(1, 0)), told);
    assertEquals(List.of(), done);
    assertEquals(new String(before, UTF_8), config());
  }

  @Test
  @Tag("INV-13")
  @Tag("kills:mode-compared-by-its-type")
  void runMaintenance_whenAnAdministratorSetsTheSameModeForAnotherReason_leavesIt() {
    String theirs = config().replaceFirst("path", "maintenance-mode offline,message=dying\n\tpath");
    assertThrows(
        DatastoreException.EditRefused.class,
        () ->
            decider.runMaintenance(
                "store1",
                MaintenanceMode.OFFLINE,
                "disk swap",
                AT_ONCE,
                () -> host.writeConfig(theirs.getBytes(UTF_8))));
    assertEquals(theirs, config());
    decider.clearMaintenance("store1");
    try (DatastoreHandle reader = worker.lookup("store1", Operation.READ)) {
      assertEquals("store1", reader.name());
      Drain drain = AT_ONCE.onProgress(still -> host.writeConfig(theirs.getBytes(UTF_8)));
      assertThrows(
          DatastoreException.DatastoreInUse.class,
          () -> decider.runMaintenance("store1", MaintenanceMode.OFFLINE, null, drain, () -> {}));
    }
    assertEquals(theirs, config());
  }

  @Test
  void runMaintenance_whileAnotherTaskRuns_isRefusedAtOnce() {
    decider.runMaintenance(
        "store1",
        MaintenanceMode.OFFLINE,
        null,
        LONG,
        () ->
            assertThrows(
                DatastoreException.MaintenanceInProgress.class,
                () -> worker.destroy("store1", LONG, () -> done.add("never"))));
    assertEquals(List.of(), done);
  }

  @Test
  void runMaintenance_inAModeThatIsNone_isAMistakeOfTheCaller() {
    for (MaintenanceMode mode :
        List.of(MaintenanceMode.NONE, MaintenanceMode.DELETE, MaintenanceMode.UNKNOWN)) {
      assertThrows(
          IllegalArgumentException.class,
          () -> decider.runMaintenance("store1", mode, null, AT_ONCE, () -> done.add("never")));
    }
  }

  @Test
  void destroy_whenItsUserIsKilled_goesOn() {
    MemoryProcess victim = host.start(new JvmSync());
    DatastoreHandle lost =
        DatastoreRegistry.builder(victim.ports()).open().lookup("store1", Operation.WRITE);
    decider.destroy(
        "store1",
        LONG.onProgress(
            still -> {
              if (still.writes() == 1) {
                victim.kill();
              }
            }),
        () -> done.add("destroyed under " + lost));
    assertEquals(List.of("destroyed under WRITE store1"), done);
  }

  @Test
  void move_ofADatastoreInUse_waits_movesAndChangesThePathInOneSave() throws Exception {
    DatastoreHandle writer = worker.lookup("store1", Operation.WRITE);
    CompletableFuture<Void> moved =
        CompletableFuture.runAsync(() -> decider.move("store1", "/mnt/new", LONG, this::moveFiles));
    await().until(() -> mode() == MaintenanceMode.OFFLINE);
    writer.close();
    moved.get(30, TimeUnit.SECONDS);
    assertEquals(List.of("files open: 0"), done);
    assertTrue(config().startsWith("datastore: store1\n\tpath /mnt/new\n\n"), config());
    try (DatastoreHandle handle = worker.lookup("store1", Operation.READ)) {
      assertEquals("/mnt/new", handle.chunkStore().path());
    }
  }

  private void moveFiles() {
    done.add("files open: " + host.files().open().size());
    host.files().remove("/mnt/store1");
    host.files().create("/mnt/new");
  }

  @Test
  void move_ontoAnotherDatastore_isRefusedBeforeAnythingIsSet() {
    String before = config();
    for (String path : List.of("/mnt/store2", "/mnt/store2/in", "/mnt", "relative", "/a/../b")) {
      assertThrows(
          DatastoreException.EditRefused.class,
          () -> decider.move("store1", path, LONG, () -> done.add("moved")));
    }
    assertEquals(before, config());
    assertEquals(List.of(), done);
  }

  @Test
  @Tag("INV-13")
  @Tag("kills:move-without-its-files")
  void move_thatLeavesNoLockFileThere_keepsPathAndMode() {
    DatastoreException failed =
        assertThrows(
            DatastoreException.MaintenanceFailed.class,
            () -> decider.move("store1", "/mnt/new", LONG, () -> {}));
    assertTrue(String.valueOf(failed.getMessage()).contains("/mnt/new"), failed.getMessage());
    assertEquals(MaintenanceMode.OFFLINE, mode());
    assertTrue(config().contains("path /mnt/store1\n"), config());
  }

  /** A retry of what looks like a refusal would move what is moved. */
  @Test
  @Tag("INV-13")
  @Tag("kills:unfinished-drain-told-as-a-refusal")
  void move_thatCannotBeWrittenDown_saysThatTheModeStays() {
    DatastoreException failed =
        assertThrows(
            DatastoreException.MaintenanceFailed.class,
            () ->
                decider.move(
                    "store1",
                    "/mnt/new",
                    LONG,
                    () -> {
                      host.files().create("/mnt/new");
                      decider.close();
                    }));
    assertTrue(failed.getCause() instanceof DatastoreException.RegistryClosed, failed::toString);
    assertTrue(!failed.isTransient());
    assertEquals(MaintenanceMode.OFFLINE, mode());
    assertTrue(config().contains("path /mnt/store1\n"), config());
  }

  @Test
  void move_whenInUseForTooLong_givesTheModeBack() {
    try (DatastoreHandle reader = worker.lookup("store1", Operation.READ)) {
      assertEquals("/mnt/store1", reader.chunkStore().path());
      assertThrows(
          DatastoreException.DatastoreInUse.class,
          () -> decider.move("store1", "/mnt/new", AT_ONCE, () -> done.add("moved")));
    }
    assertEquals(MaintenanceMode.NONE, mode());
    assertEquals(List.of(), done);
  }

  @Test
  @Tag("INV-13")
  @Tag("kills:mount-not-asked-again-before-acting")
  void move_ofARemovableDatastoreThatIsUnmountedMeanwhile_isGivenUp() {
    String device = "b94b3b6a-0000-4000-8000-000000000001";
    String path = "/mnt/datastore/usb1";
    host.mount(device, path, MountTable.Status.MOUNTED);
    decider.create(DatastoreSection.of("usb1", Map.of("path", "x", "backing-device", device)));
    DatastoreHandle reader = worker.lookup("usb1", Operation.READ);
    Drain unmounting =
        LONG.onProgress(
            still -> {
              host.mount(device, path, MountTable.Status.NOT_MOUNTED);
              reader.close();
            });
    assertThrows(
        DatastoreException.NotMounted.class,
        () -> decider.move("usb1", "y", unmounting, () -> done.add("moved")),
        "INV-13: acted on a bare mount point");
    assertEquals(List.of(), done);
    assertTrue(config().contains("usb1") && !config().contains("maintenance-mode"), config());
    decider.destroyWithoutData("usb1", AT_ONCE);
    assertTrue(!config().contains("usb1"), config());
  }

  /** Words are per name, and a name of the same files has others (M5). */
  @Test
  @Tag("INV-3")
  @Tag("kills:drain-ignores-another-name-of-its-files")
  void tasks_onADatastoreWithTwoNames_areRefusedBeforeAnythingIsSet() throws Exception {
    host.files().alias("/mnt/store2", "/mnt/store1");
    String before = config();
    try (DatastoreHandle writer = worker.lookup("store2", Operation.WRITE)) {
      assertSole(() -> decider.destroy("store1", AT_ONCE, () -> done.add("destroyed")));
      assertSole(() -> decider.move("store1", "/mnt/new", AT_ONCE, () -> done.add("moved")));
      assertEquals("/mnt/store2", writer.chunkStore().path());
    }
    assertEquals(before, config());
    assertEquals(List.of(), done);
  }

  /** The other name appears while the drain waits: a link, a mount, a manual edit. */
  @Test
  @Tag("INV-3")
  @Tag("kills:drain-acts-under-another-name")
  void drain_secondNameAppearsWhileItWaits_givesTheModeBack() {
    DatastoreHandle reader = worker.lookup("store1", Operation.READ);
    Drain drain =
        LONG.onProgress(
            still -> {
              host.files().alias("/mnt/store2", "/mnt/store1");
              reader.close();
            });
    assertSole(
        () ->
            decider.runMaintenance(
                "store1", MaintenanceMode.OFFLINE, null, drain, () -> done.add("acted")));
    assertEquals(MaintenanceMode.NONE, mode());
    assertEquals(List.of(), done);
  }

  /** C2: a closed registry saves nothing more, so its drain cannot give the mode back. */
  @Test
  void drain_whoseRegistryIsClosedWhileItWaits_saysThatTheModeStays() {
    DatastoreHandle reader = worker.lookup("store1", Operation.READ);
    Drain closing = LONG.onProgress(still -> decider.close());
    try (Logged logged = Logged.byThisThread(Level.WARNING)) {
      var closed =
          assertThrows(
              DatastoreException.RegistryClosed.class,
              () ->
                  decider.runMaintenance(
                      "store1", MaintenanceMode.OFFLINE, null, closing, () -> done.add("acted")));
      var stays =
          assertInstanceOf(DatastoreException.MaintenanceFailed.class, closed.getSuppressed()[0]);
      assertEquals(MaintenanceMode.OFFLINE, stays.mode());
      assertEquals(
          List.of("datastore ''{0}'' keeps mode={1}, restoring the previous one failed: {2}"),
          logged.messages());
    }
    reader.close();
    assertTrue(config().contains("maintenance-mode offline"), config());
    assertEquals(List.of(), done);
  }

  @Test
  @Tag("INV-13")
  @Tag("kills:move-onto-another-name")
  void move_ontoFilesOfAnotherDatastore_isRefusedBeforeAnythingIsSet() {
    host.files().alias("/mnt/new", "/mnt/store2");
    String before = config();
    assertSole(() -> decider.move("store1", "/mnt/new", LONG, () -> done.add("moved")));
    assertEquals(before, config());
    assertEquals(List.of(), done);
  }

  @Test
  @Tag("INV-3")
  @Tag("kills:moved-onto-another-name")
  void move_thatLeavesFilesOfAnotherDatastore_keepsPathAndMode() {
    DatastoreException failed =
        assertThrows(
            DatastoreException.MaintenanceFailed.class,
            () ->
                decider.move(
                    "store1",
                    "/mnt/new",
                    LONG,
                    () -> host.files().alias("/mnt/new", "/mnt/store2")));
    assertTrue(String.valueOf(failed.getMessage()).contains("have one .lock"), failed.getMessage());
    assertEquals(MaintenanceMode.OFFLINE, mode());
  }

  @Test
  @Tag("INV-3")
  @Tag("kills:create-of-another-name")
  void create_onFilesOfAnotherDatastore_isRefused() {
    host.files().alias("/mnt/new", "/mnt/store2");
    String before = config();
    assertSole(() -> decider.create(DatastoreSection.of("store3", Map.of("path", "/mnt/new"))));
    assertEquals(before, config());
  }

  private static void assertSole(Executable call) {
    String message =
        String.valueOf(assertThrows(DatastoreException.EditRefused.class, call).getMessage());
    assertTrue(message.contains("datastore 'store2' with path=/mnt/store2"), message);
    assertTrue(message.endsWith("have one .lock: remove one of the two sections in a manual edit"));
  }

  /** M4: the mode of before cannot be given back, and the exception says that too. */
  @Test
  void runMaintenance_whenTheModeCannotBeGivenBack_saysSoInTheException() {
    DatastoreHandle writer = worker.lookup("store1", Operation.WRITE);
    DatastoreException thrown =
        assertThrows(
            DatastoreException.DatastoreInUse.class,
            () ->
                decider.runMaintenance(
                    "store1",
                    MaintenanceMode.OFFLINE,
                    null,
                    Drain.atMost(Duration.ZERO).onProgress(all -> host.failConfig("no disk")),
                    () -> {}));
    host.failConfig(null);
    assertEquals(1, thrown.getSuppressed().length);
    String message = String.valueOf(thrown.getSuppressed()[0].getMessage());
    assertTrue(message.contains("mode=offline stays"), message);
    assertTrue(message.contains("no disk"), message);
    writer.close();
  }
}
