package io.github.datastorelookup;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.ChunkStores;
import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.port.Ports;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** T2: files of one datastore that hang while they close keep nobody else waiting. */
@Tag("INV-11")
class HungCloseTest {
  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final MemoryHost host = new MemoryHost();
  private final MemoryProcess process = host.start(new JvmSync());
  private final DatastoreRegistry registry =
      DatastoreRegistry.builder(hungAt("/mnt/hung", process.ports()))
          .lockTimeout(Duration.ofMillis(200))
          .withoutWatcher()
          .open();

  HungCloseTest() {
    registry.create(DatastoreSection.of("hung", Map.of("path", "/mnt/hung")));
    registry.create(DatastoreSection.of("well", Map.of("path", "/mnt/well")));
    registry.lookup("hung", Operation.READ).close();
    registry.lookup("well", Operation.READ).close();
  }

  @AfterEach
  void release() {
    released.countDown();
  }

  @Test
  @Tag("kills:sweep-waits-for-a-hung-close")
  void refresh_closesTheOthers_andComesBack() throws InterruptedException {
    registry.setMaintenance("hung", MaintenanceMode.OFFLINE, null);
    registry.setMaintenance("well", MaintenanceMode.OFFLINE, null);
    assertTimeoutPreemptively(Duration.ofSeconds(5), registry::refresh);
    hanging.await();
    registry.refresh();
    assertEquals(OperationWord.CLOSED, process.word("well"));
    assertEquals(OperationWord.CLOSING, process.word("hung"), "not CLOSED before it is");
    released.countDown();
    await().until(() -> process.word("hung") == OperationWord.CLOSED);
  }

  @Test
  void drain_ofTheHungDatastore_timesOut_andTheModeComesBack() {
    assertThrows(
        DatastoreException.DatastoreInUse.class,
        () ->
            registry.runMaintenance(
                "hung",
                MaintenanceMode.UNMOUNT,
                null,
                Drain.atMost(Duration.ofMillis(50)),
                () -> {}));
    assertThrows(
        DatastoreException.LockTimeout.class, () -> registry.lookup("hung", Operation.READ));
    registry.lookup("well", Operation.READ).close();
  }

  @Test
  void registryClose_comesBack_andTheLedgerGoesOnceTheFilesAreClosed() throws Exception {
    registry.close();
    hanging.await();
    assertEquals(OperationWord.CLOSED, process.word("well"));
    assertTrue(process.hasLedger());
    released.countDown();
    await().until(() -> !process.hasLedger());
    assertFalse(process.isDead());
  }

  private Ports hungAt(String path, Ports p) {
    return p.withChunkStores(new Stores(p.chunkStores(), path));
  }

  private final class Stores implements ChunkStores {
    private final ChunkStores real;
    private final String hung;

    Stores(ChunkStores real, String hung) {
      this.real = real;
      this.hung = hung;
    }

    @Override
    public FileIdentity identify(String path) throws IOException {
      return real.identify(path);
    }

    @Override
    public ChunkStore open(String path, FileIdentity expected, boolean write) throws IOException {
      ChunkStore store = real.open(path, expected, write);
      return path.equals(hung) ? new HungStore(store) : store;
    }

    @Override
    public boolean outOfFiles(IOException failure) {
      return real.outOfFiles(failure);
    }

    @Override
    public void create(String path) throws IOException {
      real.create(path);
    }
  }

  private final class HungStore implements ChunkStores.ChunkStore {
    private final ChunkStores.ChunkStore real;

    HungStore(ChunkStores.ChunkStore real) {
      this.real = real;
    }

    @Override
    public String path() {
      return real.path();
    }

    @Override
    public FileIdentity identity() {
      return real.identity();
    }

    @Override
    public boolean writable() {
      return real.writable();
    }

    @Override
    public ChunkStores.@Nullable Guard tryShared() throws IOException {
      return real.tryShared();
    }

    @Override
    public ChunkStores.@Nullable Guard tryExclusive() throws IOException {
      return real.tryExclusive();
    }

    @Override
    public void close() throws IOException {
      hanging.countDown();
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      real.close();
    }
  }
}
