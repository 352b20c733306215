package io.github.datastorelookup.specimens.flaws;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.simulation.SimulatedProcess;
import io.github.datastorelookup.simulation.Trace.Kind;
import io.github.datastorelookup.specimens.SpecimenException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A process of a {@link Bench}, whatever it looks datastores up with. What is refused answers null
 * or nothing; what is not a refusal is thrown.
 */
abstract class Subject {
  private final Bench bench;
  final SimulatedProcess process;

  Subject(Bench bench, SimulatedProcess process) {
    this.bench = bench;
    this.process = process;
  }

  // ---- how it does it ----

  abstract DatastoreHandle doLookup(String name, Operation operation);

  abstract void doCreate(String name, String path);

  abstract void doSetMode(String name, MaintenanceMode mode);

  abstract void doDestroy(String name);

  abstract void doMaintain(String name, MaintenanceMode mode, Runnable task);

  /** What a process does by itself now and then. */
  abstract void tick();

  /** The operations of all live processes, as this one counts them. */
  abstract ActiveOperations count(String name);

  /** From now on nothing can be written where operations are counted, or it can again. */
  abstract void failCounting(boolean fails);

  /** Somebody deletes the files in which this process counts its operations. */
  abstract void loseCounts();

  // ---- what scenarios do ----

  /** Looks up; null when it is refused. */
  final @Nullable DatastoreHandle lookup(String name, Operation operation) {
    return answered("lookup " + name + " " + operation, () -> doLookup(name, operation));
  }

  /** Looks up, and adds what is granted. */
  final void lookup(String name, Operation operation, List<DatastoreHandle> granted) {
    DatastoreHandle handle = lookup(name, operation);
    if (handle != null) {
      granted.add(handle);
    }
  }

  /** Looks up what has to be granted, or the scenario shows nothing. */
  final DatastoreHandle granted(String name, Operation operation) {
    DatastoreHandle handle = lookup(name, operation);
    if (handle == null) {
      throw new IllegalStateException(this + ": " + operation + " of " + name + " was refused");
    }
    return handle;
  }

  final @Nullable DatastoreHandle duplicate(DatastoreHandle handle) {
    return answered("duplicate " + handle.name(), handle::duplicate);
  }

  final void close(DatastoreHandle handle) {
    done("close " + handle.name() + " " + handle.operation(), handle::close);
  }

  final void create(String name, String path) {
    done("create " + name + " at " + path, () -> doCreate(name, path));
  }

  /** Sets the mode, and does what callers do then. */
  final void setMode(String name, MaintenanceMode mode) {
    done("set " + name + " " + mode, () -> doSetMode(name, mode));
  }

  final void destroy(String name) {
    done("destroy " + name, () -> doDestroy(name));
  }

  /** Sets the mode, waits for those whom it refuses, runs the task, and ends the mode. */
  final void maintain(String name, MaintenanceMode mode, Runnable task) {
    done("maintain " + name + " in " + mode, () -> doMaintain(name, mode, task));
  }

  private void done(String what, Runnable act) {
    String unused =
        answered(
            what,
            () -> {
              act.run();
              return "done";
            });
  }

  private <T> @Nullable T answered(String what, Supplier<T> act) {
    bench.scheduler.note(Kind.BEGIN, this + ": " + what, null);
    T answer = null;
    String shown;
    try {
      answer = act.get();
      shown = answer instanceof DatastoreHandle ? "granted" : "done";
    } catch (SpecimenException | DatastoreException e) {
      shown = String.valueOf(e.getMessage());
    }
    bench.scheduler.note(Kind.END, this + ": " + what, shown);
    return answer;
  }

  @Override
  public final String toString() {
    return "p" + process.process().pid();
  }
}
