package io.github.datastorelookup.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreException.DatastoreInUse;
import io.github.datastorelookup.DatastoreException.LockTimeout;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.ChunkStores;
import io.github.datastorelookup.port.OperationWord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dead file system below one datastore: only its own lookups wait, and not for ever. */
@Timeout(60)
class HangingStoreTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final MemoryHost host = new MemoryHost();
  private final MemoryProcess process = host.start(new JvmSync());
  private final FaultyPorts ports = new FaultyPorts();
  private final DatastoreRegistry registry =
      Home.builder(ports.wrap(process.ports())).ttl(Duration.ofHours(1)).open();
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final CountDownLatch mended = new CountDownLatch(1);

  HangingStoreTest() {
    registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
    registry.create(DatastoreSection.of("store2", Map.of("path", "/mnt/store2")));
  }

  @AfterEach
  void close() {
    mended.countDown();
    registry.close();
  }

  /** The next call of this method of a datastore's files hangs. */
  private void hangIn(String method) {
    ports.before(
        called -> {
          Class<?> port = called.getDeclaringClass();
          if (called.getName().equals(method)
              && (port == ChunkStores.class || port == ChunkStores.ChunkStore.class)) {
            ports.heal();
            hanging.countDown();
            mended.await();
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"identify", "open"})
  void lookup_whileAnotherHangsOpening_timesOutAndOtherDatastoresGoOn(String where)
      throws Exception {
    hangIn(where);
    CompletableFuture<DatastoreHandle> first =
        CompletableFuture.supplyAsync(() -> registry.lookup("store1", Operation.READ));
    hanging.await();
    Home.refused(
        LockTimeout.class, () -> registry.lookup("store1", Operation.WRITE), "datastore 'store1'");
    assertEquals(new ActiveOperations(1, 0), registry.activeOperations("store1"));
    registry.lookup("store1", Operation.LOOKUP).close();
    registry.lookup("store2", Operation.WRITE).close();
    registry.update("store1", Map.of("comment", "hangs"), List.of());
    registry.refresh();
    Home.refused(
        DatastoreInUse.class,
        () -> registry.destroy("store1", Drain.atMost(Duration.ZERO), () -> {}),
        "reads=1");
    mended.countDown();
    first.get(10, TimeUnit.SECONDS).close();
    assertEquals(OperationWord.CLOSED, process.word("store1"), "in delete now, so closed");
  }

  /** The chunk store hangs in the last drop; its word says so until it is closed. */
  @Test
  void lastDrop_whileItHangsClosing_stopsOnlyItsOwnDatastore() throws Exception {
    registry.lookup("store2", Operation.READ).close();
    DatastoreHandle last = registry.lookup("store1", Operation.READ);
    registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
    hangIn("close");
    CompletableFuture<Void> drop = CompletableFuture.runAsync(last::close);
    hanging.await();
    assertEquals(OperationWord.CLOSING, process.word("store1"));
    registry.clearMaintenance("store1");
    Home.refused(
        LockTimeout.class, () -> registry.lookup("store1", Operation.READ), "datastore 'store1'");
    Home.refused(
        DatastoreInUse.class,
        () ->
            registry.runMaintenance(
                "store1", MaintenanceMode.UNMOUNT, null, Drain.atMost(Duration.ZERO), () -> {}));
    registry.lookup("store2", Operation.WRITE).close();
    assertEquals(OperationWord.CLOSING, process.word("store1"), "no count is left");
    mended.countDown();
    drop.get(10, TimeUnit.SECONDS);
    registry.lookup("store1", Operation.READ).close();
    assertEquals(0, process.word("store1"));
  }

  @Test
  void refresh_whileOneDatastoreHangsClosing_closesTheOthers() throws Exception {
    registry.lookup("store1", Operation.READ).close();
    registry.lookup("store2", Operation.READ).close();
    registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
    registry.setMaintenance("store2", MaintenanceMode.OFFLINE, null);
    hangIn("close"); // whichever comes first
    assertTimeout(SOON, registry::refresh);
    hanging.await();
    long half = OperationWord.CLOSING + OperationWord.CLOSED;
    await().until(() -> process.word("store1") + process.word("store2") == half);
    mended.countDown();
    long all = 2 * OperationWord.CLOSED;
    await().until(() -> process.word("store1") + process.word("store2") == all);
    assertEquals(List.of(), host.files().open());
  }

  @Test
  void closeOfTheRegistry_whileOneLookupHangs_isFinishedByThatLookup() throws Exception {
    hangIn("open");
    CompletableFuture<DatastoreHandle> hung =
        CompletableFuture.supplyAsync(() -> registry.lookup("store1", Operation.READ));
    hanging.await();
    assertTimeout(SOON, registry::close);
    Home.refused(
        DatastoreException.RegistryClosed.class, () -> registry.lookup("store2", Operation.READ));
    mended.countDown();
    hung.get(10, TimeUnit.SECONDS).close();
    assertEquals(List.of(), host.files().open());
    assertEquals(false, process.hasLedger());
  }
}
