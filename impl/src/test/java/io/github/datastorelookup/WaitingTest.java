package io.github.datastorelookup;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.Locks.LockFile;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What happens to threads that have to wait. */
class WaitingTest {
  private final MemoryHost host = new MemoryHost();
  private final LockFile foreign = host.start(new JvmSync()).ports().locks().config();
  private final MemoryProcess process = host.start(new JvmSync());

  private DatastoreRegistry open(Duration lockTimeout) {
    DatastoreRegistry registry =
        DatastoreRegistry.builder(process.ports()).lockTimeout(lockTimeout).open();
    registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
    return registry;
  }

  @Test
  void lookup_whileAnotherProcessKeepsTheConfigLock_timesOutNamingTheFile() throws Exception {
    DatastoreRegistry registry = open(Duration.ofMillis(20));
    assertTrue(foreign.tryLock());
    DatastoreException refused =
        assertThrows(
            DatastoreException.LockTimeout.class, () -> registry.lookup("store1", Operation.READ));
    assertEquals(
        "could not acquire lock=.datastore.lck within 20 ms (held by pid 1)", refused.getMessage());
    foreign.unlock();
    registry.lookup("store1", Operation.READ).close();
  }

  @Test
  void lookup_interruptedWhileItWaits_isRefusedAndTheNextOneWorks() throws Exception {
    DatastoreRegistry registry = open(Duration.ofSeconds(60));
    assertTrue(foreign.tryLock());
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    Thread waiting =
        new Thread(
            () -> {
              try (DatastoreHandle unexpected = registry.lookup("store1", Operation.READ)) {
                thrown.set(new AssertionError("granted " + unexpected));
              } catch (DatastoreException e) {
                thrown.set(e);
              }
              flag.set(Thread.currentThread().isInterrupted());
            });
    waiting.start();
    await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    waiting.interrupt();
    waiting.join();
    assertInstanceOf(DatastoreException.Interrupted.class, thrown.get());
    assertEquals(true, flag.get(), "the interrupt flag stays set");
    foreign.unlock();
    registry.lookup("store1", Operation.READ).close();
  }

  @Test
  void close_byManyThreads_countsOnce() throws Exception {
    DatastoreRegistry registry = open(Duration.ofSeconds(10));
    DatastoreHandle kept = registry.lookup("store1", Operation.READ);
    for (int round = 0; round < 500; round++) {
      DatastoreHandle handle = registry.lookup("store1", Operation.READ);
      Thread other = new Thread(handle::close);
      other.start();
      handle.close();
      other.join();
    }
    assertEquals(new ActiveOperations(1, 0), registry.activeOperations("store1"));
    kept.close();
  }
}
