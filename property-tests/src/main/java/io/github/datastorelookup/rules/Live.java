package io.github.datastorelookup.rules;

import io.github.datastorelookup.Operation;

/** A handle that a process certainly has, or has just acquired. Its text says where it is from. */
public interface Live {
  /** The name of its datastore. */
  String name();

  /** What it was acquired for. */
  Operation operation();

  /**
   * How many {@link Admission#made promises} had been made when the handle was asked for. A decider
   * waits for no {@link Operation#LOOKUP}: only one that was asked for later can break a promise.
   */
  int asked();
}
