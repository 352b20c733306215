package io.github.datastorelookup.processes;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.history.Event;
import io.github.datastorelookup.history.HistoryLog;
import io.github.datastorelookup.port.ChunkStores;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The context of one thread of a worker.
 *
 * @param site the shared files
 * @param process the name of this process's log, new for each incarnation
 * @param worker the number of the worker
 * @param thread the number of the thread in it
 * @param firstNumber less than the number of each save of this incarnation, more than before
 * @param registry of the process, or of this thread's port
 * @param chunkStores finds the files at a path
 * @param log of the process
 * @param interrupts of the thread
 * @param random of the thread
 */
record WorkerContext(
    Site site,
    String process,
    int worker,
    int thread,
    long firstNumber,
    WorkerRegistry registry,
    ChunkStores chunkStores,
    HistoryLog log,
    Interrupts interrupts,
    Random random) {

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** Acts on drained datastores. */
  Act act() {
    return new Act(site, log, thread);
  }

  void write(Event event, long id, String name, Object detail) {
    log.write(thread, event, id, name, detail);
  }

  /** Writes that this thread found the invariant broken, and how. */
  void violated(long id, String name, String invariant, String how) {
    log.violated(thread, id, name, invariant, how);
  }

  /**
   * Makes an interruptible call whose start is logged. Logs a refusal and returns null; one that
   * nothing explains is a violation too.
   */
  <T> @Nullable T call(Event start, long id, String name, Supplier<T> call) {
    boolean interrupted = false;
    RuntimeException refused;
    String kind;
    interrupts.enter();
    try {
      return call.get();
    } catch (RuntimeException e) {
      refused = e;
      kind = WorkerRegistry.kind(e);
      if (kind == null) {
        throw e;
      }
    } finally {
      interrupted = interrupts.leave();
    }
    if (!(kind.equals("Interrupted") && interrupted) && !expected(start, name, kind)) {
      violated(id, name, Unexpected.breaks(kind), "refused without reason: " + refused);
    }
    write(Event.REFUSED, id, name, kind);
    return null;
  }

  /** Makes a call with a line before it and one after it; returns false if it was refused. */
  boolean run(Event start, Event ok, long id, String name, Object detail, Runnable call) {
    write(start, id, name, detail);
    Boolean done =
        call(
            start,
            id,
            name,
            () -> {
              call.run();
              return true;
            });
    if (done == null) {
      return false;
    }
    write(ok, id, name, detail);
    return true;
  }

  /** Whether concurrent edits explain this refusal; any other is a failure. */
  private static boolean expected(Event start, String name, String refused) {
    return switch (start) {
      case LOOKUP_START ->
          switch (refused) {
            case "DatastoreUnavailable", "ConfigInvalid" ->
                true; // a rule checks that it was broken
            case "NoSuchDatastore" -> Installation.isScratch(name);
            case "OpenFailed" -> name.equals(Installation.BROKEN);
            case "NotMounted" -> name.equals(Installation.UNPLUGGED);
            default -> false;
          };
      case SET_START, CLEAR_START -> refused.equals("MaintenanceInProgress");
      case CREATE_START -> refused.equals("EditRefused"); // an earlier life left it
      case UNMOUNT_START ->
          refused.equals("MaintenanceInProgress") || refused.equals("DatastoreInUse");
      case REMOVE_START -> refused.equals("DatastoreInUse") || refused.equals("NoSuchDatastore");
      default -> false;
    };
  }

  /** The section as a LOOKUP sees it, or null when that is refused. */
  @Nullable DatastoreSection view(String name) {
    long id = log.newId();
    write(Event.LOOKUP_START, id, name, "LOOKUP");
    DatastoreHandle handle =
        call(Event.LOOKUP_START, id, name, () -> registry.lookup(name, Operation.LOOKUP));
    if (handle == null) {
      return null;
    }
    DatastoreSection section = handle.section();
    write(Event.GRANT, id, name, "LOOKUP " + Installation.number(section));
    write(Event.DROP_START, id, name, "");
    handle.close();
    write(Event.DROPPED, id, name, "");
    return section;
  }
}
