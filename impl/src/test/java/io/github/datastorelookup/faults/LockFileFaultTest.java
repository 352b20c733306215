package io.github.datastorelookup.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreException.LockTimeout;
import io.github.datastorelookup.DatastoreException.LockUnavailable;
import io.github.datastorelookup.DatastoreException.MaintenanceInProgress;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.posix.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lock files that are no lock files, and locks that somebody else has. */
@Timeout(60)
class LockFileFaultTest {
  private final Home home;
  private final Path configLock;

  LockFileFaultTest(@TempDir Path directory) throws IOException {
    home = new Home(directory);
    configLock = directory.resolve(".datastore.lck");
  }

  @Test
  void configLock_aSymbolicLinkOrADirectory_isRefusedUntilItIsRepaired() throws IOException {
    Path target = home.directory().resolve("target");
    Files.createSymbolicLink(configLock, target);
    try (DatastoreRegistry registry = home.open()) {
      expectNoConfigLock(registry);
      assertFalse(Files.exists(target), "made through the link");
      Files.delete(configLock);
      Files.createDirectory(configLock);
      expectNoConfigLock(registry);
      Files.delete(configLock);
      registry.lookup("store1", Operation.READ).close();
    }
  }

  private void expectNoConfigLock(DatastoreRegistry registry) throws IOException {
    String before = Files.readString(home.config());
    Home.refused(
        LockUnavailable.class, () -> registry.lookup("store1", Operation.READ), configLock);
    Home.refused(
        LockUnavailable.class,
        () -> registry.update("store1", Map.of("comment", "x"), List.of()),
        configLock);
    assertEquals(before, Files.readString(home.config()));
  }

  @Test
  void maintenanceLock_aSymbolicLink_isRefusedAndTheModeStays() throws IOException {
    Path lock = Files.createDirectories(home.run().resolve("locks")).resolve("store1.lck");
    Files.createSymbolicLink(lock, home.config());
    try (DatastoreRegistry registry = home.open()) {
      String before = Files.readString(home.config());
      Home.refused(
          LockUnavailable.class,
          () -> registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null),
          lock);
      assertEquals(before, Files.readString(home.config()));
      registry.lookup("store1", Operation.READ).close();
    }
  }

  /**
   * Somebody keeps the lock for longer than the timeout: ten seconds in production, here 150 ms, as
   * a test has no ten seconds. What is warm goes on meanwhile.
   */
  @Test
  void configLock_keptByAnotherProcess_timesOutAndThenWorks() throws IOException {
    Duration timeout = Duration.ofMillis(150);
    try (DatastoreRegistry registry = Home.builder(home.ports()).lockTimeout(timeout).open();
        Child other = Child.start(home.directory())) {
      registry.lookup("store1", Operation.READ).close();
      assertEquals("true", other.ask("lock config"));
      long start = System.nanoTime();
      Home.refused(
          LockTimeout.class,
          () -> registry.lookup("store2", Operation.READ),
          configLock,
          "within 150 ms (held by pid " + other.pid());
      long waited = System.nanoTime() - start;
      assertTrue(waited >= timeout.toNanos(), "gave up early");
      assertTrue(waited < 20 * timeout.toNanos(), () -> "gave up late: nanos=" + waited);
      Home.refused(
          LockTimeout.class,
          () -> registry.update("store1", Map.of("comment", "x"), List.of()),
          configLock);
      try (DatastoreHandle warm = registry.lookup("store1", Operation.WRITE)) {
        assertEquals(home.store("store1").toString(), warm.chunkStore().path());
      }
      other.ask("unlock config");
      registry.lookup("store2", Operation.READ).close();
      assertEquals(new ActiveOperations(0, 0), registry.activeOperations("store2"));
      assertEquals("true", other.ask("lock config"), "given back");
      other.kill();
      registry.update("store1", Map.of("comment", "x"), List.of());
    }
  }

  @Test
  void maintenanceLock_keptByAnotherProcess_isRefusedAtOnceAndThenWorks() throws IOException {
    try (DatastoreRegistry registry = home.open();
        Child other = Child.start(home.directory())) {
      assertEquals("true", other.ask("lock store1"));
      Home.refused(
          MaintenanceInProgress.class,
          () -> registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null),
          home.run().resolve("locks/store1.lck"),
          "held by pid " + other.pid());
      registry.setMaintenance("store2", MaintenanceMode.OFFLINE, null);
      other.kill();
      registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
    }
  }
}
