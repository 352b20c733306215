package io.github.datastorelookup;

/**
 * The work on a drained datastore.
 *
 * <p>Runs on the caller's thread, with the datastore's maintenance lock held and no other lock. It
 * may call the registry, but another maintenance task on the same datastore is refused.
 *
 * <p>An exception becomes a {@link DatastoreException.MaintenanceFailed}; an Error is rethrown
 * unchanged. The mode stays after both.
 */
@FunctionalInterface
public interface MaintenanceTask {
  /**
   * Does the work.
   *
   * @throws Exception when the work failed
   */
  void run() throws Exception;
}
