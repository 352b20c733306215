package io.github.datastorelookup.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreException.Interrupted;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.port.LedgerDirectory;
import io.github.datastorelookup.port.Locks;
import io.github.datastorelookup.posix.Child;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The thread has an interrupt pending before each call of a port: the JVM would close a channel
 * under it, and with it goes the lock. Another process must not get the config lock while it is
 * held, and must find the ledger locked all the time.
 */
@Timeout(60)
class InterruptedIoTest {
  private final Home home;
  private final FaultyPorts ports = new FaultyPorts();
  private final DatastoreRegistry registry;
  private final Child other;
  private final TreeSet<String> interrupted = new TreeSet<>();
  private boolean holding;

  InterruptedIoTest(@TempDir Path directory) throws IOException {
    home = new Home(directory);
    registry = Home.open(ports.wrap(home.ports()));
    other = Child.start(directory);
    ports.before(this::interrupt);
  }

  @AfterEach
  void close() {
    ports.heal();
    registry.close();
    other.close();
  }

  /** What the call before this one did under an interrupt has cost no lock. */
  private void interrupt(Method method) throws IOException {
    if (method.getName().equals("prune")) {
      return; // comes before the config lock, whose wait would be refused
    }
    boolean pending = Thread.interrupted();
    if (method.getDeclaringClass() == Locks.LockFile.class) {
      holding = false; // asked before it is taken
    } else if (holding) {
      assertEquals("false", other.ask("lock config"), () -> "lost before " + method.getName());
      expectLedgerLocked(method.getName());
    } else if (pending) {
      expectLedgerLocked(method.getName());
    }
    if (method.getDeclaringClass() == LedgerDirectory.Ledger.class) {
      holding = true; // the first thing that is done with the config lock in hand
    }
    interrupted.add(method.getName());
    Thread.currentThread().interrupt();
  }

  private void expectLedgerLocked(String when) throws IOException {
    assertEquals(
        "false",
        Assertions.assertDoesNotThrow(() -> other.ask("died")),
        () -> "the ledger is not locked: " + when);
  }

  /** After the operation: all is given back, and the next one works. */
  private void expectNothingLost() throws IOException {
    assertTrue(Thread.interrupted(), "the flag stays");
    ports.heal();
    holding = false;
    expectLedgerLocked("at the end");
    assertEquals("true", other.ask("lock config"));
    other.ask("unlock config");
    try (DatastoreHandle handle = registry.lookup("store2", Operation.WRITE)) {
      assertEquals(new ActiveOperations(0, 1), registry.activeOperations(handle.name()));
    }
    ports.before(this::interrupt);
  }

  /** Loading the config, appending to the ledger: done; then it would wait, and is refused. */
  @Test
  void lookup_interruptedBeforeEachCall_losesNoLock() throws IOException {
    for (String name : List.of("store1", "store2")) {
      assertThrows(Interrupted.class, () -> registry.lookup(name, Operation.READ));
      expectNothingLost();
    }
    assertTrue(interrupted.containsAll(List.of("tryLock", "inPlace", "read", "append")));
    assertEquals("" + (1L << 61), other.ask("word store1"), "exactly CLOSED");
  }

  @Test
  void save_interruptedBeforeEachCall_isDoneAndLosesNoLock() throws IOException {
    registry.update("store1", Map.of("comment", "saved"), List.of());
    expectNothingLost();
    assertTrue(Files.readString(home.config()).contains("comment saved"));
    assertTrue(interrupted.containsAll(List.of("tryLock", "read", "increment", "replace")));
  }

  @Tag("INV-13")
  @Test
  @Tag("kills:own-ledger-opened-again")
  void countingAll_interruptedBeforeEachCall_isDoneAndLosesNoLock() throws IOException {
    other.ask("ledger");
    other.ask("append store 2");
    other.ask("add store1 1");
    assertEquals(new ActiveOperations(1, 0), registry.activeOperations("store1"));
    expectNothingLost();
    assertTrue(interrupted.containsAll(List.of("others", "word", "ownerDied")));
  }

  /** Opening, and the last drop: no wait, so no refusal. */
  @Test
  void openingAndDrop_interruptedBeforeEachCall_loseNoLock() throws IOException {
    ports.before(
        method -> {
          if (List.of("identify", "open", "close").contains(method.getName())) {
            interrupt(method);
          }
        });
    DatastoreHandle handle = registry.lookup("store1", Operation.WRITE);
    assertTrue(Thread.interrupted());
    assertNotNull(handle.chunkStore().tryExclusive());
    assertEquals("false", other.ask("shared " + home.store("store1")));
    home.write(home.section("store2"));
    Thread.currentThread().interrupt();
    handle.close();
    expectNothingLost();
  }
}
