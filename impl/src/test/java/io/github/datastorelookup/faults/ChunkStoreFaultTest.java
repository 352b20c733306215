package io.github.datastorelookup.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreException.OpenFailed;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Datastores whose files are not what they should be. */
class ChunkStoreFaultTest {
  private final Home home;
  private final Path store;
  private final Path lock;

  ChunkStoreFaultTest(@TempDir Path directory) throws IOException {
    home = new Home(directory);
    store = home.store("store1");
    lock = store.resolve(".lock");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no directory",
        "a file",
        "no .lock",
        ".lock a directory",
        ".lock a link",
        "no path at all",
        "a relative path"
      })
  void lookup_ofADatastoreThatIsNone_isRefusedMakesNothingAndWorksOnceItIsRepaired(String fault)
      throws IOException {
    try (DatastoreRegistry registry = home.open()) {
      registry.lookup("store2", Operation.READ).close(); // all shared files are made
      breakIt(fault);
      var before = home.tree();
      for (Operation operation : List.of(Operation.READ, Operation.WRITE)) {
        Home.refused(
            OpenFailed.class, () -> registry.lookup("store1", operation), "store1", cause(fault));
      }
      registry.lookup("store1", Operation.LOOKUP).close();
      assertEquals(before, home.tree());
      repair();
      // Exactly CLOSED: a task that needs the files closed does not wait.
      registry.runMaintenance(
          "store1", MaintenanceMode.OFFLINE, null, Drain.atMost(Duration.ZERO), () -> {});
      try (DatastoreHandle handle = registry.lookup("store1", Operation.WRITE)) {
        assertEquals(store.toString(), handle.chunkStore().path());
        assertEquals(new ActiveOperations(0, 1), registry.activeOperations("store1"));
      }
    }
  }

  private static String cause(String fault) {
    return switch (fault) {
      case "no directory", "no .lock" -> "/.lock: no such file or directory";
      case ".lock a directory" -> "/.lock: is not a regular file";
      case ".lock a link" -> "/.lock: is a symbolic link";
      case "no path at all" -> "is not a path";
      case "a relative path" -> "is not absolute";
      default -> "/.lock: "; // and the system's words
    };
  }

  private void breakIt(String fault) throws IOException {
    Files.delete(lock);
    switch (fault) {
      case "no directory" -> Files.delete(store);
      case "a file" -> {
        Files.delete(store);
        Files.createFile(store);
      }
      case "no .lock" -> {}
      case ".lock a directory" -> Files.createDirectory(lock);
      case ".lock a link" -> Files.createSymbolicLink(lock, home.config());
      case "no path at all" -> home.write("datastore: store1\n\tpath /mnt/\0\n");
      case "a relative path" -> home.write("datastore: store1\n\tpath store1\n");
      default -> throw new IllegalArgumentException(fault);
    }
  }

  private void repair() throws IOException {
    if (Files.isDirectory(store)) {
      Files.deleteIfExists(lock);
    }
    Files.deleteIfExists(store);
    home.makeStore("store1");
    home.repair();
  }
}
