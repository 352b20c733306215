package io.github.datastorelookup.oracle;

import io.github.datastorelookup.Drain;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.memory.MemoryFiles;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Command.Ending;
import io.github.datastorelookup.model.ModelConfig.Section;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Runs the commands that set a mode, wait, act and end the mode. */
final class DrainRunner {
  private static final long TASK_NANOS = 20_000_000;

  private final MemoryHost host;
  private final Oracle oracle;
  private final ManualEditor editor;

  DrainRunner(MemoryHost host, Oracle oracle, ManualEditor editor) {
    this.host = host;
    this.oracle = oracle;
    this.editor = editor;
  }

  void run(ClusterProcess member, Command command) {
    if (command instanceof Command.Move c) {
      move(member, c);
    } else if (command instanceof Command.Maintain c) {
      maintain(member, c);
    }
  }

  private void maintain(ClusterProcess member, Command.Maintain c) {
    oracle.admission().clearing(c.name(), false); // the previous mode ends
    Drain drain = drain(member, c, c.name(), c.millis(), c.ending());
    member.subject.drain(c, "", drain, () -> task(member, c));
  }

  private void move(ClusterProcess member, Command.Move c) {
    oracle.admission().clearing(c.name(), false);
    Section section = editor.read().find(c.name());
    String path = // for a removable one, the path on its device
        section != null && section.removable() ? "x" : c.path();
    Drain drain = drain(member, c, c.name(), 0, c.ending());
    member.subject.drain(c, path, drain, () -> moveData(member, c));
  }

  private Drain drain(
      ClusterProcess member, Command command, String name, int millis, Ending ending) {
    return Drain.atMost(Duration.ofMillis(millis))
        .cancelWhen(() -> ending == Ending.CANCELLED)
        .onProgress(
            still -> {
              oracle.callback(member, "progress of " + command);
              takeAway(name, ending);
            });
  }

  /** The task of a drain. Takes time, so that other threads run. */
  private void task(ClusterProcess member, Command.Maintain c) {
    Section section = begin(member, c, c.name(), c.mode());
    if (c.millis() > 0) {
      member.simulated.sleep(TASK_NANOS);
    }
    if (c.mode() == MaintenanceMode.DELETE && section != null) {
      host.files().remove(section.path());
    }
    end(c.name(), c.ending());
  }

  /** A move that fails has moved nothing. */
  private void moveData(ClusterProcess member, Command.Move c) {
    Section section = begin(member, c, c.name(), MaintenanceMode.OFFLINE);
    MemoryFiles files = host.files();
    if (section != null
        && c.ending() != Ending.FAILS
        && !section.removable()
        && !section.path().equals(c.path())
        && files.lockFile(section.path()) != null) {
      files.alias(c.path(), section.path());
      files.remove(section.path());
    }
    end(c.name(), c.ending());
  }

  private @Nullable Section begin(
      ClusterProcess member, Command command, String name, MaintenanceMode mode) {
    Section section = editor.read().find(name);
    oracle.callback(member, "task of " + command);
    oracle.admission().acting(member, name, mode, section);
    return section;
  }

  private void end(String name, Ending ending) {
    oracle.admission().acted(name);
    if (ending == Ending.FAILS) {
      throw new IllegalStateException("the task fails");
    }
    takeAway(name, ending);
  }

  private void takeAway(String name, Ending ending) {
    if (ending == Ending.TAKEN) {
      editor.mode(name, MaintenanceMode.UNKNOWN);
    }
  }
}
