package io.github.datastorelookup.simulation;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Observes what the threads of one simulated process do outside of their heap, and judges it. By
 * default ignores it. May throw an {@link AssertionError}, which ends the run.
 */
public interface PortListener {
  /** This thread calls a port now; no other thread runs between this and the effect. */
  default void calls(Object port, Method method, Object @Nullable [] args) {}

  /** The call returned this. */
  default void returned(
      Object port, Method method, Object @Nullable [] args, @Nullable Object result) {}

  /** The call threw something; it may have had its effect. */
  default void threw(Object port, Method method, Object @Nullable [] args) {}

  /** This thread is about to make a call that may wait for a mutex, or for time to pass. */
  default void mayWait(String what) {}
}
