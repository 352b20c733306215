package io.github.datastorelookup.lincheck;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jspecify.annotations.Nullable;

/**
 * What generated scenarios are made of: calls of two processes with two datastores. Answered by
 * real registries and by the model, each in a subclass.
 *
 * <p>A thread closes and duplicates its own handles only: which of two threads takes a shared one
 * is a race of the test.
 *
 * <p>All saves are made by one thread: two that set a mode at once refuse each other, and a model
 * of one call after the other knows no such refusal.
 */
@Param(name = "thread", gen = ThreadIdGen.class)
@Param(name = "process", gen = IntGen.class, conf = "0:1")
@Param(name = "store", gen = Drawn.Stores.class)
@Param(name = "mode", gen = Drawn.Modes.class)
@Param(name = "operation", gen = Drawn.Operations.class)
public abstract class Calls {
  static final int PROCESSES = 2;

  /** The datastores. */
  public enum Store {
    /** The one. */
    AAA,
    /** The other. */
    BBB;

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    String path() {
      return "/" + id();
    }
  }

  /** The modes that are set. */
  public enum Mode {
    /** Clears it. */
    NONE(MaintenanceMode.NONE),
    /** Refuses writers. */
    READ_ONLY(MaintenanceMode.READ_ONLY),
    /** Refuses all operations, and has idle files closed. */
    OFFLINE(MaintenanceMode.OFFLINE);

    private final MaintenanceMode real;

    Mode(MaintenanceMode real) {
      this.real = real;
    }
  }

  abstract Answer run(int thread, Command command);

  /** The handle that this thread got last: its process and its datastore; or null. */
  abstract Command.@Nullable Close newest(int thread);

  /** Whether every counted handle has open files. */
  abstract boolean allOpen();

  /** Looks up, and keeps the handle. */
  @org.jetbrains.lincheck.datastructures.Operation
  public String lookup(
      @Param(name = "thread") int thread,
      @Param(name = "process") int process,
      @Param(name = "store") Store store,
      @Param(name = "operation") Operation operation) {
    return run(thread, new Command.Lookup(process, store.id(), operation)).toString();
  }

  /** Closes the handle that this thread got last. */
  @org.jetbrains.lincheck.datastructures.Operation
  public String close(@Param(name = "thread") int thread) {
    Command.Close own = newest(thread);
    return own == null ? "nothing" : run(thread, own).toString();
  }

  /** Duplicates the handle that this thread got last. */
  @org.jetbrains.lincheck.datastructures.Operation
  public String duplicate(@Param(name = "thread") int thread) {
    Command.Close own = newest(thread);
    return own == null
        ? "nothing"
        : run(thread, new Command.Duplicate(own.process(), own.name())).toString();
  }

  /** Sets or clears the mode. */
  @org.jetbrains.lincheck.datastructures.Operation(nonParallelGroup = "saver")
  public String setMode(
      @Param(name = "thread") int thread,
      @Param(name = "process") int process,
      @Param(name = "store") Store store,
      @Param(name = "mode") Mode mode) {
    return run(thread, new Command.SetMode(process, store.id(), mode.real)).toString();
  }

  /** Saves a new comment. */
  @org.jetbrains.lincheck.datastructures.Operation(nonParallelGroup = "saver")
  public String update(
      @Param(name = "thread") int thread,
      @Param(name = "process") int process,
      @Param(name = "store") Store store) {
    return run(thread, new Command.Update(process, store.id())).toString();
  }

  /** The watcher's work. */
  @org.jetbrains.lincheck.datastructures.Operation
  public String refresh(@Param(name = "thread") int thread, @Param(name = "process") int process) {
    return run(thread, new Command.Refresh(process)).toString();
  }

  /** The config, as a process sees it. */
  @org.jetbrains.lincheck.datastructures.Operation
  public String config(@Param(name = "thread") int thread, @Param(name = "process") int process) {
    return run(thread, new Reading.Config(process)).toString();
  }

  /** All that is left: counts, config, open files. Only for when nobody is at work any more. */
  public String atTheEnd() {
    return seenAlone();
  }

  private String seenAlone() {
    List<String> all = new ArrayList<>();
    for (int process = 0; process < PROCESSES; process++) {
      all.add(run(0, new Reading.Config(process)).toString());
      for (Store store : Store.values()) {
        all.add(run(0, new Command.Count(process, store.id())).toString());
      }
    }
    all.add(allOpen() ? "all open" : "somebody has closed files");
    return String.join("; ", all);
  }
}
