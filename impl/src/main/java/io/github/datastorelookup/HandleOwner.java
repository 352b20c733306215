package io.github.datastorelookup;

import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;

/** What handles and views call back. */
interface HandleOwner {
  /** D1: drops a counted operation. */
  void drop(Slot slot, Operation operation);

  /**
   * D2: counts one operation more.
   *
   * @param sourceIsOpen asked after the count; if false, the count is undone
   * @return what it answered
   */
  boolean duplicate(Slot slot, Operation operation, BooleanSupplier sourceIsOpen);

  /** The one attribute map of this datastore. */
  ConcurrentMap<String, Object> attributes(String name);
}
