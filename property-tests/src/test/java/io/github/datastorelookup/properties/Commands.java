package io.github.datastorelookup.properties;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Command.Ending;
import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.model.Reading;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Random commands of processes, by theme. Few names and paths, so that they collide. {@link
 * Outsiders} has what others do.
 *
 * @param processes how many there are
 * @param names of datastores
 * @param paths where they may be
 */
record Commands(int processes, List<String> names, List<String> paths) {
  private static final String BAD_NAME = "../x";

  /** Lookups of any kind, now and then with a name that is none. */
  Arbitrary<Command> lookups() {
    Arbitrary<String> any =
        Arbitraries.frequencyOf(Tuple.of(40, name()), Tuple.of(1, Arbitraries.just(BAD_NAME)));
    return Combinators.combine(process(), any, Arbitraries.of(Operation.class))
        .as(Command.Lookup::new);
  }

  /** What ends operations. */
  Arbitrary<Command> closes() {
    return Combinators.combine(process(), name()).as(Command.Close::new);
  }

  /** What else is done with handles. */
  Arbitrary<Command> handles() {
    return Arbitraries.oneOf(
        Combinators.combine(process(), name()).as(Command.CloseAgain::new),
        Combinators.combine(process(), name()).as(Command.Duplicate::new),
        Combinators.combine(process(), name()).as(Command.Count::new));
  }

  /** The watcher's work. */
  Arbitrary<Command> refreshes() {
    return process().map(Command.Refresh::new);
  }

  /** Registries that are closed and opened, processes that die and start. */
  Arbitrary<Command> lives() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, process().map(Command.CloseRegistry::new)),
        Tuple.of(3, process().map(Command.Kill::new)),
        Tuple.of(8, process().map(number -> new Command.Start(number, true))),
        Tuple.of(2, process().map(number -> new Command.Start(number, false))));
  }

  /** Ledgers that are full, and processes that can open few files. */
  Arbitrary<Command> ledgers() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            2,
            Combinators.combine(process(), Arbitraries.of(true, false, false))
                .as(Command.FailLedger::new)),
        Tuple.of(
            1,
            Combinators.combine(process(), Arbitraries.of(0, 1, 1, Command.LimitFiles.UNLIMITED))
                .as(Command.LimitFiles::new)));
  }

  /** Saves that wait for nobody. */
  Arbitrary<Command> saves() {
    return Arbitraries.frequencyOf(
        Tuple.of(5, modes()),
        Tuple.of(2, Combinators.combine(process(), name()).as(Command.Update::new)),
        Tuple.of(3, creates()));
  }

  /** Modes that are set and cleared. */
  Arbitrary<Command> modes() {
    return Combinators.combine(process(), name(), savedMode()).as(Command.SetMode::new);
  }

  /** Datastores that are made. */
  Arbitrary<Command> creates() {
    return Combinators.combine(process(), name(), path())
        .as((number, name, path) -> new Command.Create(number, name, placed(name, path)));
  }

  /** The config as it is read, and edits that are based on it. */
  Arbitrary<Command> readings() {
    return Arbitraries.oneOf(
        process().map(Reading.Config::new),
        Combinators.combine(process(), name()).as(Reading.UpdateAsRead::new));
  }

  /** What sets a mode, waits and acts. */
  Arbitrary<Command> drains() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, maintains()), Tuple.of(2, destroys()), Tuple.of(3, moves()));
  }

  /** Maintenance that is run. */
  Arbitrary<Command> maintains() {
    return Combinators.combine(process(), name(), drainedMode(), ending())
        .as((number, name, mode, end) -> new Command.Maintain(number, name, mode, 0, end));
  }

  /** Datastores that are destroyed. */
  Arbitrary<Command> destroys() {
    return Combinators.combine(
            process(), name(), Arbitraries.oneOf(ending(), Arbitraries.just(Ending.GONE)))
        .as((n, name, end) -> new Command.Maintain(n, name, MaintenanceMode.DELETE, 0, end));
  }

  /** Datastores that are moved. */
  Arbitrary<Command> moves() {
    return Combinators.combine(process(), name(), plain(), ending()).as(Command.Move::new);
  }

  private static Arbitrary<Ending> ending() {
    return Arbitraries.of(
        Ending.GOOD, Ending.FAILS, Ending.TAKEN, Ending.CANCELLED, Ending.CANCELLED);
  }

  private static Arbitrary<MaintenanceMode> savedMode() {
    return Arbitraries.of(
        MaintenanceMode.NONE,
        MaintenanceMode.NONE,
        MaintenanceMode.READ_ONLY,
        MaintenanceMode.OFFLINE,
        MaintenanceMode.DELETE,
        MaintenanceMode.UNMOUNT,
        MaintenanceMode.S3_REFRESH);
  }

  private static Arbitrary<MaintenanceMode> drainedMode() {
    return Arbitraries.of(
        MaintenanceMode.READ_ONLY,
        MaintenanceMode.OFFLINE,
        MaintenanceMode.UNMOUNT,
        MaintenanceMode.S3_REFRESH);
  }

  /** No move makes a datastore removable. */
  private Arbitrary<String> plain() {
    return Arbitraries.of(paths.stream().filter(path -> !removable(path)).toList());
  }

  /** A removable datastore is where its name says. */
  static String placed(String name, String path) {
    return removable(path) ? ModelConfig.mountPoint(name) : path;
  }

  private static boolean removable(String path) {
    return path.startsWith(ModelConfig.mountPoint(""));
  }

  Arbitrary<Integer> process() {
    return Arbitraries.integers().between(0, processes - 1);
  }

  Arbitrary<String> name() {
    return Arbitraries.of(names);
  }

  Arbitrary<String> path() {
    return Arbitraries.of(paths);
  }
}
