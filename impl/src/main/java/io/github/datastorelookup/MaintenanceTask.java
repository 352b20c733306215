package io.github.datastorelookup;

/** The work on a drained datastore; what it throws becomes a {@code MaintenanceFailed}. */
@FunctionalInterface
public interface MaintenanceTask {
  /**
   * Does the work.
   *
   * @throws Exception when it failed
   */
  void run() throws Exception;
}
