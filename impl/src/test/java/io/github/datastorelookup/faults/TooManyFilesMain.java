package io.github.datastorelookup.faults;

import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.posix.PosixPorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A process with more datastores than descriptors: prints what it could do. */
final class TooManyFilesMain {
  private TooManyFilesMain() {}

  /**
   * Runs it.
   *
   * @param args a directory with {@code datastore.cfg}, and how many datastores it has
   */
  public static void main(String[] args) {
    Path home = Path.of(args[0]);
    int datastores = Integer.parseInt(args[1]);
    try (DatastoreRegistry registry =
        DatastoreRegistry.builder(
                PosixPorts.of(home.resolve("datastore.cfg"), home.resolve("run"), true))
            .withoutWatcher()
            .open()) {
      for (int i = 0; i < 2 * datastores; i++) {
        registry.lookup(name(i % datastores), Operation.WRITE).close();
      }
      System.out.println("looked up");
      for (int i = 0; i < datastores; i++) {
        registry.setMaintenance(name(i), MaintenanceMode.READ_ONLY, null);
        registry.clearMaintenance(name(i));
        registry.lookup(name(i), Operation.READ).close();
      }
      System.out.println("saved");
      registry.destroyWithoutData(name(0), Drain.atMost(Duration.ZERO));
      String path = home.resolve("more").toString();
      registry.create(DatastoreSection.of("more", Map.of("path", path)));
      System.out.println("drained and created");
      List<DatastoreHandle> held = new ArrayList<>();
      try {
        for (int i = 1; i < datastores; i++) {
          held.add(registry.lookup(name(i), Operation.READ));
        }
      } catch (DatastoreException e) {
        System.out.println("refused: " + e.getMessage());
      }
      held.remove(0).close();
      registry.lookup("more", Operation.WRITE).close();
      System.out.println("works again");
      held.forEach(DatastoreHandle::close);
    }
  }

  /** The name of one datastore. */
  static String name(int number) {
    return String.format(Locale.ROOT, "store%03d", number);
  }
}
