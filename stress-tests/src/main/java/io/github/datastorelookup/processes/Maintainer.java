package io.github.datastorelookup.processes;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.history.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sets a mode, polls until no operation is left that it refuses, keeps it for a while, and clears
 * it. Clears a mode that a dead process left, too.
 */
final class Maintainer {
  private static final int OFFLINE_PERCENT = 70;

  /** A warm lookup that is held up has to come to its end while a mode is drained. */
  private static final int LONGEST_DRAINED_NANOS = 150_000_000;

  private final WorkerContext context;
  private final Unmounter unmounter;
  private @Nullable Setting setting;

  /**
   * A mode that this thread has set.
   *
   * @param until when it may end, once it is drained
   */
  private record Setting(long id, String name, MaintenanceMode mode, boolean drained, long until) {}

  Maintainer(WorkerContext context) {
    this.context = context;
    this.unmounter = new Unmounter(context);
  }

  /** Takes the next step. */
  void step() {
    if (setting == null) {
      begin(anyOf(Installation.MAINTAINED));
    } else if (!setting.drained()) {
      lookWhetherDrained(setting);
    } else if (System.nanoTime() - setting.until() >= 0) {
      end();
    }
  }

  private void begin(String name) {
    DatastoreSection section = context.view(name);
    if (section == null) {
      return;
    }
    if (section.maintenanceMode() == MaintenanceMode.NONE) {
      MaintenanceMode mode =
          context.chance(OFFLINE_PERCENT) ? MaintenanceMode.OFFLINE : MaintenanceMode.READ_ONLY;
      long id = context.log().newId();
      if (context.run(
          Event.SET_START,
          Event.SET_OK,
          id,
          name,
          mode.key(),
          () -> context.registry().setMode(name, mode, context.process()))) {
        setting = new Setting(id, name, mode, false, 0);
        lookWhetherDrained(setting); // at once: a lookup may be between its two looks
      }
    } else if (leftByADeadProcess(section)) {
      clear(section);
    }
  }

  /**
   * Unmounts a datastore in no mode, as processes have it open. If it finds none, it unmounts any,
   * and so ends the mode of another process. The thread must hold no handle.
   */
  void unmountOne() {
    DatastoreSection any = null;
    for (int i = 0; i < Installation.MAINTAINED.size(); i++) {
      DatastoreSection section = context.view(anyOf(Installation.MAINTAINED));
      any = section == null ? any : section;
      if (section != null && section.maintenanceMode() == MaintenanceMode.NONE) {
        break;
      }
    }
    if (any != null) {
      unmounter.unmount(any);
    }
  }

  private boolean leftByADeadProcess(DatastoreSection section) {
    String owner = section.maintenanceMessage();
    return owner != null && Files.exists(context.site().obituary(owner));
  }

  private void lookWhetherDrained(Setting mine) {
    ActiveOperations counted = count(mine.name());
    if (counted != null
        && counted.writes() == 0
        && (mine.mode().admitsRead() || counted.reads() == 0)) {
      context.write(Event.DRAINED, mine.id(), mine.name(), mine.mode().key());
      long until = System.nanoTime() + context.random().nextInt(LONGEST_DRAINED_NANOS);
      setting = new Setting(mine.id(), mine.name(), mine.mode(), true, until);
    }
  }

  /** Counts the operations of all processes on a datastore; null when that was refused. */
  @Nullable ActiveOperations count(String name) {
    long id = context.log().newId();
    context.write(Event.CENSUS_START, id, name, "");
    ActiveOperations counted =
        context.call(Event.CENSUS_START, id, name, () -> context.registry().count(name));
    if (counted != null) {
      context.write(Event.CENSUS, id, name, counted.reads() + " " + counted.writes());
    }
    return counted;
  }

  /** Clears the mode that this thread has set; keeps it for the next try if that is refused. */
  void end() {
    if (setting != null) {
      DatastoreSection section = context.view(setting.name());
      if (section != null && clear(section)) {
        setting = null;
      }
    }
  }

  /** Whether this thread has no mode set. */
  boolean idle() {
    return setting == null;
  }

  /** Clears the mode, by an unmount if a process that died in one left the disk unplugged. */
  private boolean clear(DatastoreSection section) {
    if (section.maintenanceMode() == MaintenanceMode.UNMOUNT
        || new Disk(Path.of(section.absolutePath())).broken()) {
      return unmounter.unmount(section);
    }
    return context.run(
        Event.CLEAR_START,
        Event.CLEAR_OK,
        context.log().newId(),
        section.name(),
        "",
        () -> context.registry().clearMode(section.name()));
  }

  private String anyOf(List<String> names) {
    return names.get(context.random().nextInt(names.size()));
  }
}
