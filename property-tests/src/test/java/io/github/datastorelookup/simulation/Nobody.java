package io.github.datastorelookup.simulation;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Listens to nothing. */
final class Nobody implements PortListener {
  @Override
  public void calls(Object port, Method method, Object @Nullable [] args) {}

  @Override
  public void returned(
      Object port, Method method, Object @Nullable [] args, @Nullable Object result) {}

  @Override
  public void mayWait(String what) {}
}
