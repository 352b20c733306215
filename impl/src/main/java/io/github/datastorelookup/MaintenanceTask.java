package io.github.datastorelookup;

/**
 * The work on a drained datastore. An exception becomes a {@code MaintenanceFailed}; an Error is
 * thrown as it is. The mode stays after both.
 */
@FunctionalInterface
public interface MaintenanceTask {
  /**
   * Does the work.
   *
   * @throws Exception when it failed
   */
  void run() throws Exception;
}
