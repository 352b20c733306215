package io.github.datastorelookup.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreException.GenerationUnavailable;
import io.github.datastorelookup.DatastoreException.LedgerUnavailable;
import io.github.datastorelookup.DatastoreException.RegistryClosed;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.posix.Child;
import io.github.datastorelookup.posix.PosixPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Registries that are closed too early, or opened once too often, as another process sees them. */
@Timeout(60)
class RegistryLifeFaultTest {
  private final Home home;

  RegistryLifeFaultTest(@TempDir Path directory) throws IOException {
    home = new Home(Files.createDirectory(directory.resolve("home")));
  }

  @Test
  void close_withHandlesOut_keepsThemUntilTheLastDropDeletesTheLedger() throws IOException {
    DatastoreRegistry registry = home.open();
    DatastoreHandle first = registry.lookup("store1", Operation.WRITE);
    DatastoreHandle second = registry.lookup("store2", Operation.READ);
    registry.close();
    Home.refused(RegistryClosed.class, () -> registry.lookup("store1", Operation.READ));
    assertEquals(1, home.ledgers().size());
    Home.refused(LedgerUnavailable.class, home::open, home.run()); // one at a time
    try (Child other = Child.start(home.directory())) {
      assertEquals("false", other.ask("died"), "alive until the end");
      var guard = Objects.requireNonNull(first.chunkStore().tryShared());
      assertEquals("false", other.ask("exclusive " + home.store("store1")));
      DatastoreHandle copy = first.duplicate();
      first.close();
      guard.close();
      copy.close();
      assertEquals(1, home.ledgers().size());
      second.close();
      assertEquals(List.of(), home.ledgers());
    }
    try (DatastoreRegistry next = home.open()) {
      next.lookup("store2", Operation.READ).close();
    }
  }

  @Test
  void open_twiceOnOneDirectory_failsByWhateverNameAndTheFirstIsUnharmed() throws IOException {
    Path link = home.directory().resolveSibling("link");
    Files.createSymbolicLink(link, home.directory());
    try (DatastoreRegistry first = home.open();
        Child other = Child.start(home.directory())) {
      DatastoreHandle running = first.lookup("store1", Operation.WRITE);
      for (Path name : List.of(home.directory(), link)) {
        Home.refused(
            LedgerUnavailable.class,
            () ->
                Home.open(PosixPorts.of(name.resolve("datastore.cfg"), name.resolve("run"), true)),
            "already has a ledger",
            home.run());
      }
      expectUnharmed(first, running, other);
    }
  }

  /** One config with two run directories: neither would hear the other. */
  @Test
  void open_onOneConfigWithAnotherRunDirectory_isRefusedAndTheFirstIsUnharmed() throws IOException {
    Path elsewhere = home.directory().resolveSibling("run2");
    try (DatastoreRegistry first = home.open();
        Child other = Child.start(home.directory())) {
      DatastoreHandle running = first.lookup("store1", Operation.WRITE);
      Home.refused(
          LedgerUnavailable.class,
          () -> Home.open(PosixPorts.of(home.config(), elsewhere, true)),
          "in use in this JVM",
          home.directory().resolve(".datastore.use"));
      expectUnharmed(first, running, other);
    }
  }

  /** Its lock files were closed with the first registry. */
  @Test
  void open_twiceWithTheSamePorts_isRefused() {
    Ports ports = home.ports();
    Home.open(ports).close();
    Home.refused(LedgerUnavailable.class, () -> Home.open(ports), "were opened before", home.run());
    home.open().close();
  }

  /** Its locks were not dropped by closing another descriptor of the same files. */
  private void expectUnharmed(DatastoreRegistry first, DatastoreHandle running, Child other)
      throws IOException {
    assertEquals("false", other.ask("died"));
    assertEquals(new ActiveOperations(0, 1), first.activeOperations("store1"));
    var guard = Objects.requireNonNull(running.chunkStore().tryShared());
    assertEquals("false", other.ask("exclusive " + home.store("store1")));
    guard.close();
    first.update("store1", Map.of("comment", "still working"), List.of());
    first.lookup("store2", Operation.READ).close();
    running.close();
    assertEquals(1, home.ledgers().size());
  }

  @Test
  void open_thatFails_leavesNoThread() throws IOException {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Files.createDirectories(home.run().resolve("config-versions"));
    for (int i = 0; i < 10; i++) {
      Home.refused(
          GenerationUnavailable.class,
          () -> DatastoreRegistry.builder(home.ports()).open(),
          home.run());
    }
    await().pollDelay(Duration.ZERO).until(() -> threads(before) == 0);
  }

  /** Those of ours but the one that does file I/O, which ends when it was idle for a while. */
  private static long threads(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> name.startsWith("datastore-lookup") && !name.endsWith("-files"))
        .count();
  }
}
