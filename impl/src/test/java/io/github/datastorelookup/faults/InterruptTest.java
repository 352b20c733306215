package io.github.datastorelookup.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.DatastoreException.Interrupted;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.ChunkStores;
import io.github.datastorelookup.port.ConfigFile;
import io.github.datastorelookup.port.OperationWord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A thread that is interrupted in a wait is refused, keeps its flag, and leaves no count. That of
 * the lock file itself is in {@code WaitingTest}, that of a drain in {@code DrainTest}.
 */
@Timeout(60)
class InterruptTest {
  private final MemoryHost host = new MemoryHost();
  private final MemoryProcess process = host.start(new JvmSync());
  private final FaultyPorts ports = new FaultyPorts();
  private final DatastoreRegistry registry =
      Home.builder(ports.wrap(process.ports()))
          .ttl(Duration.ofHours(1))
          .lockTimeout(Duration.ofMinutes(1))
          .open();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch leave = new CountDownLatch(1);

  InterruptTest() {
    registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
    registry.create(DatastoreSection.of("store2", Map.of("path", "/mnt/store2")));
  }

  @AfterEach
  void close() {
    leave.countDown();
    registry.close();
  }

  private void holdIn(Class<?> port, String name) {
    ports.before(
        method -> {
          if (method.getDeclaringClass() == port && method.getName().equals(name)) {
            ports.heal();
            entered.countDown();
            leave.await();
          }
        });
  }

  /** Runs a lookup in a thread that is interrupted once it waits. */
  private void expectInterrupted(String name, String message) throws InterruptedException {
    AtomicReference<String> answer = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              Interrupted refused =
                  assertThrows(
                      Interrupted.class, () -> registry.lookup(name, Operation.WRITE).close());
              answer.set(refused.getMessage() + " " + Thread.currentThread().isInterrupted());
            });
    thread.start();
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    thread.interrupt();
    thread.join();
    String expected = "interrupted while waiting for " + message + " true";
    assertTrue(expected.equals(answer.get()), () -> "answer=" + answer);
  }

  @Test
  void lookup_interruptedBehindAnotherThreadsConfigLock_isRefused() throws Exception {
    holdIn(ConfigFile.class, "read");
    CompletableFuture<DatastoreHandle> first =
        CompletableFuture.supplyAsync(() -> registry.lookup("store1", Operation.READ));
    entered.await();
    expectInterrupted("store2", "lock=.datastore.lck");
    leave.countDown();
    first.get(10, TimeUnit.SECONDS).close();
    assertEquals(OperationWord.CLOSED, process.word("store2"));
    registry.lookup("store2", Operation.WRITE).close();
  }

  @Test
  void lookup_interruptedBehindAnotherThreadsOpening_isRefused() throws Exception {
    holdIn(ChunkStores.class, "open");
    CompletableFuture<DatastoreHandle> first =
        CompletableFuture.supplyAsync(() -> registry.lookup("store1", Operation.READ));
    entered.await();
    expectInterrupted("store1", "datastore 'store1'");
    assertEquals(OperationWord.CLOSED + OperationWord.READ, process.word("store1"));
    leave.countDown();
    try (DatastoreHandle handle = first.get(10, TimeUnit.SECONDS)) {
      assertEquals(OperationWord.READ, process.word(handle.name()));
    }
    assertEquals(0, process.word("store1"));
  }

  /** R1: somebody uses the files at the old path. */
  @Test
  void lookup_interruptedBetweenRetries_isRefused() throws Exception {
    DatastoreHandle old = registry.lookup("store1", Operation.READ);
    host.files().create("/mnt/new");
    host.writeConfig("datastore: store1\n\tpath /mnt/new\n".getBytes(UTF_8));
    host.generation().getAndAdd(1);
    expectInterrupted("store1", "datastore 'store1'");
    assertEquals(OperationWord.READ, process.word("store1"));
    old.close();
    try (DatastoreHandle moved = registry.lookup("store1", Operation.READ)) {
      assertEquals("/mnt/new", moved.chunkStore().path());
    }
  }

  /** What has to wait is refused; what need not wait is not; the flag stays. */
  @Test
  void anyCall_withAnInterruptPending_isRefusedOrDone() {
    DatastoreHandle handle = registry.lookup("store1", Operation.READ);
    Thread.currentThread().interrupt();
    try {
      assertThrows(Interrupted.class, () -> registry.lookup("store2", Operation.READ));
      assertThrows(
          Interrupted.class,
          () -> registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null));
      assertThrows(Interrupted.class, () -> registry.activeOperations("store1"));
      registry.refresh();
      DatastoreHandle warm = registry.lookup("store1", Operation.WRITE);
      warm.duplicate().close();
      warm.close();
      assertEquals(OperationWord.READ, process.word("store1"));
      registry.close();
      handle.close();
      assertEquals(List.of(), host.files().open());
      assertTrue(!process.hasLedger());
    } finally {
      assertTrue(Thread.interrupted());
    }
  }
}
