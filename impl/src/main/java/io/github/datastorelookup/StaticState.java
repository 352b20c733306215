package io.github.datastorelookup;

import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.port.OperationWord;
import java.util.List;

/**
 * The classes with static state that callers, warm lookups and drops use: with whatever stack the
 * caller has left. A class whose initialization overflowed once fails for ever, so that it happens
 * when a registry opens.
 */
final class StaticState {
  private static final List<Class<?>> CLASSES =
      List.of(
          Operation.class,
          MaintenanceMode.class,
          Statistics.SlowReason.class,
          Handle.class,
          WatchedHandle.class,
          View.class,
          OperationWord.class,
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
  }
}
