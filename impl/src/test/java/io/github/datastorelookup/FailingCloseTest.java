package io.github.datastorelookup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.ChunkStores;
import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.LedgerDirectory;
import io.github.datastorelookup.port.LedgerDirectory.Ledger;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.port.Ports;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Files that close with an exception count as closed, and nobody else suffers. */
class FailingCloseTest {
  private final MemoryHost host = new MemoryHost();
  private final MemoryProcess process = host.start(new JvmSync());
  private final DatastoreRegistry registry =
      DatastoreRegistry.builder(failing(process.ports())).withoutWatcher().open();

  FailingCloseTest() {
    registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
  }

  private static Ports failing(Ports p) {
    return p.withChunkStores(new FailingStores(p.chunkStores()));
  }

  @Test
  void close_ofTheLastHandleInOffline_isSilentAndTheWordIsClosed() {
    DatastoreHandle handle = registry.lookup("store1", Operation.READ);
    registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
    handle.close();
    assertEquals(OperationWord.CLOSED, process.word("store1"));
    registry.clearMaintenance("store1");
    registry.lookup("store1", Operation.READ).close();
  }

  @Test
  void lookup_afterThePathMoved_opensTheNewFilesAllTheSame() {
    registry.lookup("store1", Operation.READ).close();
    host.files().create("/mnt/new");
    host.writeConfig("datastore: store1\n\tpath /mnt/new\n".getBytes(UTF_8));
    host.generation().getAndAdd(1);
    try (DatastoreHandle handle = registry.lookup("store1", Operation.READ)) {
      assertEquals("/mnt/new", handle.chunkStore().path());
      assertEquals(OperationWord.READ, process.word("store1"));
    }
  }

  /** The message comes with the close, though nothing is logged afterwards. */
  @Test
  void close_ofTheRegistryWhoseLedgerStays_saysSo() {
    Ports real = host.start(new JvmSync()).ports();
    LedgerDirectory ledgers = real.ledgers();
    Ports ports =
        new Ports(
            real.configFile(),
            real.locks(),
            real.generations(),
            proxy(LedgerDirectory.class, ledgers),
            real.ticker(),
            real.mounts(),
            real.chunkStores(),
            real.sync());
    DatastoreRegistry other = DatastoreRegistry.builder(ports).withoutWatcher().open();
    try (Logged logged = Logged.byThisThread(Level.SEVERE)) {
      other.close();
      assertEquals(List.of("closing the registry failed: ledger={0}: {1}"), logged.messages());
    }
  }

  /** The same, but its ledgers fail to close. */
  private static <T> T proxy(Class<T> port, Object real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> {
              if (port == Ledger.class && method.getName().equals("close")) {
                throw new IOException("no such luck");
              }
              Object result = method.invoke(real, arguments);
              return result instanceof Ledger ? proxy(Ledger.class, result) : result;
            }));
  }

  private record FailingStores(ChunkStores real) implements ChunkStores {
    @Override
    public FileIdentity identify(String path) throws IOException {
      return real.identify(path);
    }

    @Override
    public ChunkStore open(String path, FileIdentity expected, boolean write) throws IOException {
      return new FailingStore(real.open(path, expected, write));
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

  private record FailingStore(ChunkStores.ChunkStore real) implements ChunkStores.ChunkStore {
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
      real.close();
      throw new IllegalStateException("the disk is on fire");
    }
  }
}
