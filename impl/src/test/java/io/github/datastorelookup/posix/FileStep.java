package io.github.datastorelookup.posix;

import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What a process does while something happens to its files; {@code store1} is there before. */
enum FileStep {
  OPEN,
  FIRST_LOOKUP,
  CREATE,
  UPDATE,
  SET_MAINTENANCE,
  DRAIN,
  DESTROY,
  COUNT_ALL,
  CLOSE;

  private static final Drain PATIENT = Drain.atMost(Duration.ofSeconds(5));

  /** Makes this directory, with a config and {@code store1}. */
  static Path prepare(Path home) throws IOException {
    Path store = Files.createDirectory(Files.createDirectory(home).resolve("store1"));
    Files.createFile(store.resolve(".lock"));
    Files.writeString(home.resolve("datastore.cfg"), "datastore: store1\n\tpath " + store + "\n");
    return home;
  }

  /** Prepares it, begins, and does it. */
  void run(Path home, Supplier<DatastoreRegistry> open, Runnable begins) {
    if (this == OPEN) {
      begins.run();
    }
    DatastoreRegistry registry = open.get();
    try {
      if (this == CLOSE) {
        registry.lookup("store1", Operation.WRITE).close();
      }
      if (this != OPEN) {
        begins.run();
      }
      on(registry, home);
    } finally {
      registry.close();
    }
  }

  private void on(DatastoreRegistry registry, Path home) {
    switch (this) {
      case FIRST_LOOKUP -> registry.lookup("store1", Operation.WRITE).close();
      case CREATE ->
          registry.create(
              DatastoreSection.of("store2", Map.of("path", home.resolve("store2").toString())));
      case UPDATE -> registry.update("store1", Map.of("comment", "new"), List.of());
      case SET_MAINTENANCE -> registry.setMaintenance("store1", MaintenanceMode.READ_ONLY, "why");
      case DRAIN ->
          registry.runMaintenance("store1", MaintenanceMode.OFFLINE, "why", PATIENT, () -> null);
      case DESTROY -> registry.destroy("store1", PATIENT, () -> null);
      case COUNT_ALL -> registry.activeOperations("store1");
      case OPEN, CLOSE -> {}
    }
  }
}
