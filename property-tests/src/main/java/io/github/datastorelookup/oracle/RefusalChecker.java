package io.github.datastorelookup.oracle;

import static io.github.datastorelookup.rules.Require.require;

import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.model.ModelConfig.Section;
import io.github.datastorelookup.simulation.SlowDisk;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks refusals that come from waiting against time, hung disks and dead processes. */
final class RefusalChecker {
  private static final long LOCK_TIMEOUT_NANOS = Cluster.LOCK_TIMEOUT.toNanos();

  /** Refusals that only the dead process can cause, if no other command runs. */
  private static final Set<String> STUCK =
      Set.of(
          "LockTimeout", "LockUnavailable",
          "MaintenanceInProgress", "LedgerUnavailable",
          "DatastoreBusy", "DatastoreInUse",
          "GenerationUnavailable", "ConfigUnavailable",
          "ConfigInvalid", "TooManyOperations");

  private final MemoryHost host;
  private final SlowDisk disk;
  private boolean oneByOne;

  RefusalChecker(MemoryHost host, SlowDisk disk) {
    this.host = host;
    this.disk = disk;
  }

  /** No command waits for another: one that takes long uses the files that hang. */
  void oneByOne() {
    oneByOne = true;
  }

  void ended(Command command, Answer answer, long nanos) {
    boolean waited =
        answer.outcome().equals("DatastoreBusy") || answer.outcome().equals("LockTimeout");
    require(!waited || nanos >= LOCK_TIMEOUT_NANOS, "INV-13")
        .or("%s => %s after only %s ns", command, answer, nanos);
    String name = nameOf(command);
    if (!oneByOne && disk.anySlow() && name != null && !hangs(name)) {
      require(!answer.outcome().equals("LockTimeout") && nanos <= 5 * LOCK_TIMEOUT_NANOS, "INV-11")
          .or(
              "%s => %s after %s ns: it waits for a hung datastore that it has nothing to do with",
              command, answer, nanos);
    }
  }

  /** Checks a command after a kill, while no other runs: live processes can continue. */
  void checkAfterKill(Command command, Answer answer) {
    require(!STUCK.contains(answer.outcome()), "INV-12")
        .or("no other command runs, and %s => %s", command, answer);
  }

  private boolean hangs(String name) {
    String text = new String(host.config(), StandardCharsets.UTF_8);
    Section section = ModelConfig.parse(text).find(name);
    return section != null && disk.isSlow(section.path());
  }

  /** The datastore whose files the command uses; empty for none, null for any. */
  private static @Nullable String nameOf(Command command) {
    if (command instanceof Command.Lookup c) {
      return c.name();
    } else if (command instanceof Command.Close c) {
      return c.name();
    }
    boolean noFiles = // not even those of its own datastore
        command instanceof Command.SetMode
            || command instanceof Command.Update
            || command instanceof Command.Count
            || command instanceof Command.Refresh;
    return noFiles ? "" : null;
  }
}
