package io.github.datastorelookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.posix.PosixPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Registries of one JVM on real files. */
class PosixRegistryTest {
  private static final Drain AT_ONCE = Drain.atMost(Duration.ZERO);

  private final Path directory;
  private final DatastoreSection section;

  PosixRegistryTest(@TempDir Path directory) {
    this.directory = directory;
    this.section =
        DatastoreSection.of("store1", Map.of("path", directory.resolve("store1").toString()));
  }

  private DatastoreRegistry open(String where) throws IOException {
    Path home = Files.createDirectories(directory.resolve(where));
    return DatastoreRegistry.builder(
            PosixPorts.of(home.resolve("datastore.cfg"), home.resolve("run"), true))
        .open();
  }

  @Test
  void afterClose_everythingIsRefusedAsClosed_andTheDirectoryCanBeOpenedAgain() throws IOException {
    DatastoreRegistry first = open("here");
    first.create(section);
    first.lookup("store1", Operation.WRITE).close();
    first.close();
    DatastoreSection other =
        DatastoreSection.of("store2", Map.of("path", directory.resolve("store2").toString()));
    for (Executable call :
        List.<Executable>of(
            () -> first.lookup("store1", Operation.READ),
            () -> first.lookup("nosuch", Operation.READ),
            () -> first.activeOperations("store1"),
            () -> first.create(other),
            () -> first.update("store1", Map.of(), List.of()),
            () -> first.setMaintenance("store1", MaintenanceMode.OFFLINE, null),
            () -> first.destroy("store1", AT_ONCE, () -> {}))) {
      assertThrows(DatastoreException.RegistryClosed.class, call);
    }
    assertFalse(Files.exists(directory.resolve("store2")), "nothing was made");
    try (Stream<Path> left = Files.list(directory.resolve("here/run"))) {
      assertEquals(0, left.filter(file -> file.toString().endsWith(".ops")).count());
    }
    try (DatastoreRegistry again = open("here")) {
      again.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
      again.destroy("store1", AT_ONCE, () -> {});
    }
  }

  @Test
  void open_secondOnTheSameDirectory_fails() throws IOException {
    try (DatastoreRegistry first = open("here")) {
      assertThrows(DatastoreException.LedgerUnavailable.class, () -> open("here"));
      first.create(section);
      first.lookup("store1", Operation.WRITE).close();
    }
  }

  /** Closing one of two descriptors would drop the record locks of the other. */
  @Test
  void lookup_ofADatastoreThatAnotherRegistryOfThisJvmHasOpen_isRefused() throws IOException {
    try (DatastoreRegistry first = open("here");
        DatastoreRegistry second = open("there")) {
      first.create(section);
      second.create(section);
      first.lookup("store1", Operation.WRITE).close();
      assertThrows(
          DatastoreException.OpenFailed.class, () -> second.lookup("store1", Operation.READ));
      first.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
      first.refresh();
      second.lookup("store1", Operation.READ).close();
    }
  }
}
