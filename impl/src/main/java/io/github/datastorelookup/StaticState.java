package io.github.datastorelookup;

import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.port.MountTable;
import io.github.datastorelookup.port.OperationWord;
import java.util.List;
import java.util.Map;

/**
 * Initializes the classes with static state when a registry opens.
 *
 * <p>Callers, warm lookups, drops and argument checks use these classes on the stack that the
 * caller has left. A class whose initialization overflowed once fails for ever.
 */
final class StaticState {
  private static final List<Class<?>> CLASSES =
      List.of(
          Operation.class,
          MaintenanceMode.class,
          DatastoreConfig.class,
          ConfigEdits.class,
          Census.class,
          Statistics.SlowReason.class,
          Handle.class,
          WatchedHandle.class,
          View.class,
          OperationWord.class,
          MountTable.Status.class,
          Instance.class,
          Snapshot.class,
          Headroom.class);

  private StaticState() {}

  /** Initializes them. */
  static void initialize() {
    for (Class<?> each : CLASSES) {
      try {
        Class<?> unused = Class.forName(each.getName(), true, each.getClassLoader());
      } catch (ClassNotFoundException e) {
        throw new LinkageError(each.getName(), e);
      }
    }
    rehearse();
  }

  /** The rules of properties, and the tables that the compiler makes for switches. */
  private static void rehearse() {
    DatastoreSection section = DatastoreSection.of("any", Map.of("path", "/"));
    MaintenanceMode mode = section.withMaintenance(MaintenanceMode.OFFLINE, null).maintenanceMode();
    if (Operation.READ.admittedBy(mode)) {
      throw new AssertionError("mode=" + mode + " admits READ");
    }
  }
}
