package io.github.datastorelookup.verification;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Runs a layer for a limited time: a check that hangs must fail the run, not hang it. */
final class LayerWatch {
  private final long limitSeconds;

  LayerWatch(long limitSeconds) {
    this.limitSeconds = limitSeconds;
  }

  /**
   * Runs the layer in a thread of its own.
   *
   * @throws TimeoutException when it takes too long; the message has the stacks of all threads
   */
  LayerResult run(String name, Callable<LayerResult> layer)
      throws ExecutionException, InterruptedException, TimeoutException {
    FutureTask<LayerResult> task = new FutureTask<>(layer);
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limitSeconds, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      TimeoutException better =
          new TimeoutException(
              String.format("%s: limit=%d s is over%n%s", name, limitSeconds, stacks()));
      better.initCause(e);
      thread.interrupt();
      throw better;
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
