package io.github.datastorelookup.properties;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Command.Ending;
import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.model.Outside;
import io.github.datastorelookup.port.MountTable;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random commands. Few names and paths, so that they collide. */
public final class Commands {
  /** Datastores. */
  static final List<String> NAMES = List.of("aaa", "bbb");

  /** Where they may be; a removable one is elsewhere. */
  static final List<String> PATHS = List.of("/a", "/b", "/a/c");

  private static final String BAD_NAME = "../x";

  /** What makes a program worth running: the datastores exist. */
  public static final List<Command> BASIS =
      List.of(new Command.Create(0, "aaa", "/a"), new Command.Create(0, "bbb", "/b"));

  private Commands() {}

  /** One command of one of these processes, or from outside. */
  public static Arbitrary<Command> any(int processes) {
    return Arbitraries.frequencyOf(
        Tuple.of(20, lookups(processes)),
        Tuple.of(13, inside(processes)),
        Tuple.of(2, life(processes)),
        Tuple.of(8, saves(processes)),
        Tuple.of(4, edits()),
        Tuple.of(3, outside()));
  }

  private static Arbitrary<Command> lookups(int processes) {
    Arbitrary<String> names =
        Arbitraries.frequencyOf(Tuple.of(40, names()), Tuple.of(1, Arbitraries.just(BAD_NAME)));
    return Combinators.combine(process(processes), names, Arbitraries.of(Operation.class))
        .as(Command.Lookup::new);
  }

  private static Arbitrary<Command> inside(int processes) {
    Arbitrary<Integer> p = process(processes);
    return Arbitraries.frequencyOf(
        Tuple.of(8, Combinators.combine(p, names()).as(Command.Close::new)),
        Tuple.of(1, Combinators.combine(p, names()).as(Command.CloseAgain::new)),
        Tuple.of(1, Combinators.combine(p, names()).as(Command.Duplicate::new)),
        Tuple.of(1, Combinators.combine(p, names()).as(Command.Count::new)),
        Tuple.of(2, p.map(Command.Refresh::new)));
  }

  private static Arbitrary<Command> life(int processes) {
    Arbitrary<Integer> p = process(processes);
    return Arbitraries.frequencyOf(
        Tuple.of(3, p.map(Command.CloseRegistry::new)),
        Tuple.of(3, p.map(Command.Kill::new)),
        Tuple.of(8, p.map(number -> new Command.Start(number, true))),
        Tuple.of(1, p.map(number -> new Command.Start(number, false))),
        Tuple.of(
            2,
            Combinators.combine(p, Arbitraries.of(true, false, false))
                .as(Command.FailLedger::new)));
  }

  private static Arbitrary<Command> saves(int processes) {
    Arbitrary<Integer> p = process(processes);
    return Arbitraries.frequencyOf(
        Tuple.of(4, Combinators.combine(p, names(), savedModes()).as(Command.SetMode::new)),
        Tuple.of(2, Combinators.combine(p, names()).as(Command.Update::new)),
        Tuple.of(2, Combinators.combine(p, names()).flatAs(Commands::create)),
        Tuple.of(
            3,
            Combinators.combine(p, names(), drainedModes(), Arbitraries.of(Ending.class))
                .as((n, name, mode, ending) -> new Command.Maintain(n, name, mode, 0, ending))));
  }

  private static Arbitrary<Command> create(int process, String name) {
    return pathsOf(name).map(path -> new Command.Create(process, name, path));
  }

  private static Arbitrary<Command> edits() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            2,
            Combinators.combine(names(), Arbitraries.of(MaintenanceMode.class))
                .as(Outside.EditMode::new)),
        Tuple.of(2, names().map(Outside.EditComment::new)),
        Tuple.of(
            2,
            names().flatMap(name -> pathsOf(name).map(path -> new Outside.EditPath(name, path)))),
        Tuple.of(1, names().map(Outside.EditOut::new)),
        Tuple.of(2, Arbitraries.of(true, false, false).map(Outside.EditTorn::new)));
  }

  private static Arbitrary<Command> outside() {
    return Arbitraries.frequencyOf(
        Tuple.of(1, Arbitraries.just(new Outside.Bump())),
        Tuple.of(4, Arbitraries.of(1, 30, 59, 60).map(Outside.Wait::new)),
        Tuple.of(
            2,
            Combinators.combine(names().flatMap(Commands::pathsOf), Arbitraries.of(true, false))
                .as(Outside.LockFile::new)),
        Tuple.of(1, Combinators.combine(paths(), paths()).as(Outside.Alias::new)),
        Tuple.of(
            2,
            Combinators.combine(paths(), Arbitraries.of(true, false, false))
                .as(Outside.FailFiles::new)),
        Tuple.of(
            3,
            Combinators.combine(names(), Arbitraries.of(MountTable.Status.class))
                .as(Outside.Mount::new)),
        Tuple.of(1, Arbitraries.of(true, false, false).map(Outside.FailConfig::new)));
  }

  private static Arbitrary<MaintenanceMode> savedModes() {
    return Arbitraries.of(
        MaintenanceMode.NONE,
        MaintenanceMode.NONE,
        MaintenanceMode.READ_ONLY,
        MaintenanceMode.OFFLINE,
        MaintenanceMode.DELETE,
        MaintenanceMode.UNMOUNT,
        MaintenanceMode.S3_REFRESH);
  }

  private static Arbitrary<MaintenanceMode> drainedModes() {
    return Arbitraries.of(
        MaintenanceMode.READ_ONLY,
        MaintenanceMode.OFFLINE,
        MaintenanceMode.DELETE,
        MaintenanceMode.UNMOUNT,
        MaintenanceMode.S3_REFRESH);
  }

  private static Arbitrary<Integer> process(int processes) {
    return Arbitraries.integers().between(0, processes - 1);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.of(NAMES);
  }

  private static Arbitrary<String> paths() {
    return Arbitraries.of(PATHS);
  }

  private static Arbitrary<String> pathsOf(String name) {
    return Arbitraries.frequencyOf(
        Tuple.of(3, paths()), Tuple.of(1, Arbitraries.just(ModelConfig.mountPoint(name))));
  }
}
