package io.github.datastorelookup.simulation;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Told of what the threads of one simulated process do outside of their heap: facts only, whoever
 * listens judges; by default nobody does. May throw an {@link AssertionError}, which ends the run.
 */
public interface PortListener {
  /** This thread calls a port now; nobody else runs between this and the effect. */
  default void calls(Object port, Method method, Object @Nullable [] args) {}

  /** The call returned this. */
  default void returned(
      Object port, Method method, Object @Nullable [] args, @Nullable Object result) {}

  /** This thread is about to do what may have to wait: for a mutex, or for time to pass. */
  default void mayWait(String what) {}
}
