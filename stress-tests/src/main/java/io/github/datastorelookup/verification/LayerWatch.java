package io.github.datastorelookup.verification;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/** Runs a layer while its checks end: a check that hangs must fail the run, not hang it. */
final class LayerWatch {
  private final double limitSeconds;
  private final DoubleSupplier idleSeconds;

  /** Allows this many seconds without the end of a check. */
  LayerWatch(double limitSeconds, DoubleSupplier idleSeconds) {
    this.limitSeconds = limitSeconds;
    this.idleSeconds = idleSeconds;
  }

  /**
   * Runs the layer in a thread of its own.
   *
   * @throws TimeoutException when a check takes too long; the message has the stacks of all threads
   */
  <T> T run(String name, Callable<T> layer)
      throws ExecutionException, InterruptedException, TimeoutException {
    FutureTask<T> task = new FutureTask<>(layer);
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    while (true) {
      double left = limitSeconds - idleSeconds.getAsDouble();
      try {
        return task.get(Math.max(0, (long) (left * 1000)), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (idleSeconds.getAsDouble() >= limitSeconds) {
          throw new TimeoutException(
              String.format(
                  Locale.ROOT,
                  "%s: no check ended for limit=%.0f s%n%s",
                  name,
                  limitSeconds,
                  stacks()));
        }
      }
    }
  }

  private static String stacks() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(each -> each.getValue().length > 0)
        .map(LayerWatch::stack)
        .collect(Collectors.joining("\n"));
  }

  private static String stack(Map.Entry<Thread, StackTraceElement[]> thread) {
    StringBuilder text = new StringBuilder(thread.getKey().toString());
    for (StackTraceElement frame : thread.getValue()) {
      text.append("\n    at ").append(frame);
    }
    return text.toString();
  }
}
