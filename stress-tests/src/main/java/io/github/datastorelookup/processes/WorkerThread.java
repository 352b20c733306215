package io.github.datastorelookup.processes;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.ConfigParseException;
import io.github.datastorelookup.history.Event;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** One thread of a worker, which takes one random step after the other. */
final class WorkerThread {
  private static final int HAND_EDITED_PERCENT = 20;
  private static final int MAINTAINED_PERCENT = 60;
  private static final int CALM_PERCENT = 70;
  private static final int LONGEST_REST_NANOS = 20_000_000;
  private static final int LONGEST_BETWEEN_UNMOUNTS_NANOS = 1_500_000_000;

  private final WorkerContext context;
  private final List<String> names;
  private final AtomicReference<Phase> phase;
  private final Holder holder;
  private final Maintainer maintainer;
  private final Editor editor;
  private final boolean calm;
  private final boolean slow;
  private long nextUnmount = System.nanoTime();
  private long nextRefresh = System.nanoTime();

  /**
   * A thread that has not begun.
   *
   * @param calm whether most steps change nothing, so that lookups are warm
   * @param slow whether it rests between two steps, as others are slower than it
   */
  WorkerThread(
      WorkerContext context,
      List<String> names,
      String commented,
      AtomicReference<Phase> phase,
      boolean calm,
      boolean slow) {
    this.calm = calm;
    this.slow = slow;
    this.context = context;
    this.names = names;
    this.phase = phase;
    this.holder = new Holder(context);
    this.maintainer = new Maintainer(context);
    this.editor = new Editor(context, commented);
  }

  /** Works until the phase is {@code STOP}. */
  void work() throws IOException, ConfigParseException {
    context.write(Event.STARTED, 0, "-", "pid " + context.registry().pid());
    while (phase.get() != Phase.STOP) { // each returns at once when its phase is over
      busyPhase();
      quietPhase();
      lastPhase();
    }
    holder.dropAll();
    context.write(Event.ENDED, 0, "-", "");
  }

  private void busyPhase() throws IOException {
    while (phase.get() == Phase.BUSY) {
      busyStep();
      if (slow) {
        LockSupport.parkNanos(context.random().nextInt(LONGEST_REST_NANOS));
      }
    }
  }

  private void quietPhase() throws IOException {
    if (phase.get() != Phase.QUIET) {
      return;
    }
    holder.dropAll();
    while (!maintainer.idle()) {
      maintainer.end();
    }
    context.write(Event.QUIET, 0, "-", "");
    while (phase.get() == Phase.QUIET) {
      quietStep();
    }
  }

  private void lastPhase() throws IOException, ConfigParseException {
    if (phase.get() != Phase.LAST) {
      return;
    }
    holder.dropAll();
    for (String name : Installation.usable()) {
      for (Operation operation : Operation.values()) {
        if (!holder.lookup(name, operation)) {
          context.violated(0, name, "INV-1", "maintenance is over, but: " + operation);
        }
      }
      holder.dropAll();
    }
    context.write(Event.ALL_GRANTED, 0, "-", "");
    while (phase.get() == Phase.LAST) {
      quietStep();
    }
  }

  /** A port has no watcher, so this thread refreshes it once per period. */
  private void refreshIfDue() {
    if (System.nanoTime() >= nextRefresh) {
      nextRefresh = System.nanoTime() + WorkerMain.WATCH.toNanos();
      refresh();
    }
  }

  private void refresh() {
    context.run(
        Event.REFRESH_START,
        Event.REFRESHED,
        context.log().newId(),
        "-",
        "",
        context.registry()::refresh);
  }

  private void busyStep() throws IOException {
    refreshIfDue();
    int dice = context.random().nextInt(100);
    if (dice >= 60 && calm && context.chance(CALM_PERCENT)) {
      dice = context.random().nextInt(60);
    }
    if (System.nanoTime() >= nextUnmount) { // by time: an unmount may wait for all watchers
      nextUnmount = System.nanoTime() + context.random().nextInt(LONGEST_BETWEEN_UNMOUNTS_NANOS);
      holder.dropAll();
      maintainer.unmountOne();
    } else if (dice < 60) {
      quietStep(dice);
    } else if (dice < 85) {
      maintainer.step();
    } else if (dice < 95) {
      editor.comment();
    } else {
      editor.createOrRemove();
    }
  }

  private void quietStep() throws IOException {
    refreshIfDue();
    quietStep(context.random().nextInt(60));
  }

  /** Takes a step that changes no file; {@code dice} is 0 to 59. */
  private void quietStep(int dice) throws IOException {
    if (dice < 25 && !holder.full()) {
      holder.lookup(anyName(), anyOperation());
    } else if (dice < 50) {
      holder.dropOne();
    } else if (dice < 55) {
      holder.duplicateOne();
    } else if (dice < 57) {
      refresh();
    } else {
      maintainer.count(anyName());
    }
  }

  private String anyName() {
    if (phase.get() == Phase.QUIET && context.chance(HAND_EDITED_PERCENT)) {
      return Installation.EDITED_BY_HAND;
    }
    List<String> from = context.chance(MAINTAINED_PERCENT) ? Installation.MAINTAINED : names;
    return from.get(context.random().nextInt(from.size()));
  }

  private Operation anyOperation() {
    int dice = context.random().nextInt(10);
    return dice < 5 ? Operation.READ : dice < 9 ? Operation.WRITE : Operation.LOOKUP;
  }
}
