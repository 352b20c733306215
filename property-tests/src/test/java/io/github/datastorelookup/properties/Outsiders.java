package io.github.datastorelookup.properties;

import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.ExternalEvent;
import io.github.datastorelookup.model.FileFault;
import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.port.MountTable;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random things that others do, by theme, to the names and paths of these commands. */
record Outsiders(Commands of) {
  /** Time passes: in sum often a TTL. */
  static Arbitrary<Command> waits() {
    return Arbitraries.of(1, 30, 59, 60, 60).map(ExternalEvent.Wait::new);
  }

  /** Bumps of other programs. */
  static Arbitrary<Command> bumps() {
    return Arbitraries.just(new ExternalEvent.Bump());
  }

  /** Edits by hand that leave a file that parses. */
  Arbitrary<Command> edits() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            3,
            Combinators.combine(of.name(), Arbitraries.of(MaintenanceMode.class))
                .as(ExternalEvent.EditMode::new)),
        Tuple.of(2, of.name().map(ExternalEvent.EditComment::new)),
        Tuple.of(3, paths()),
        Tuple.of(1, of.name().map(ExternalEvent.EditOut::new)));
  }

  /** Sections that are moved or made by hand: two may have one path. */
  Arbitrary<Command> paths() {
    return Combinators.combine(of.name(), of.path())
        .as((name, path) -> new ExternalEvent.EditPath(name, Commands.placed(name, path)));
  }

  /** A config that cannot be had, and one that can again. */
  static Arbitrary<Command> broken() {
    return Arbitraries.frequencyOf(
        Tuple.of(2, Arbitraries.just(new ExternalEvent.EditTorn(true))),
        Tuple.of(2, Arbitraries.just(new ExternalEvent.EditUnparsable())),
        Tuple.of(4, Arbitraries.just(new ExternalEvent.EditTorn(false))),
        Tuple.of(3, Arbitraries.of(new FileFault.RemoveConfig(), new FileFault.EmptyConfig())),
        Tuple.of(2, Arbitraries.of(1, 2, 3, 4).map(FileFault.FailSyncs::new)),
        Tuple.of(4, Arbitraries.of(true, false).map(ExternalEvent.FailConfig::new)));
  }

  /** Another program with the config lock. */
  static Arbitrary<Command> locks() {
    return Arbitraries.of(true, false).map(FileFault.HoldLock::new);
  }

  /** Shared files that are replaced, or unlocked. */
  Arbitrary<Command> replaced() {
    return Arbitraries.frequencyOf(
        Tuple.of(1, Arbitraries.just(new FileFault.ReplacePage())),
        Tuple.of(1, of.process().map(FileFault.ReplaceLedger::new)),
        Tuple.of(3, of.process().map(FileFault.LoseLock::new)));
  }

  /** {@code .lock} files that go, come, and are one file at two paths. */
  Arbitrary<Command> lockFiles() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            2,
            Combinators.combine(of.path(), Arbitraries.of(true, false))
                .as(ExternalEvent.LockFile::new)),
        Tuple.of(1, Combinators.combine(of.path(), of.path()).as(ExternalEvent.Alias::new)));
  }

  /** Disks that fail, are read-only, or hang. */
  Arbitrary<Command> disks() {
    Arbitrary<Boolean> rarely = Arbitraries.of(true, false, false);
    return Arbitraries.frequencyOf(
        Tuple.of(2, Combinators.combine(of.path(), rarely).as(ExternalEvent.FailFiles::new)),
        Tuple.of(1, Combinators.combine(of.path(), rarely).as(ExternalEvent.ReadOnly::new)),
        Tuple.of(1, Combinators.combine(of.path(), rarely).as(ExternalEvent.Hang::new)));
  }

  /** Devices that come and go. */
  Arbitrary<Command> mounts() {
    return Combinators.combine(
            of.name(),
            Arbitraries.of(
                MountTable.Status.MOUNTED,
                MountTable.Status.MOUNTED,
                MountTable.Status.NOT_MOUNTED,
                MountTable.Status.UNKNOWN))
        .as(ExternalEvent.Mount::new);
  }

  /** Where a removable datastore of one of these names is. */
  static String device(String name) {
    return ModelConfig.mountPoint(name);
  }
}
