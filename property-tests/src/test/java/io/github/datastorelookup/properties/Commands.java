package io.github.datastorelookup.properties;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Command;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random commands. Few names and paths, so that they collide. */
public final class Commands {
  /** Datastores. */
  static final List<String> NAMES = List.of("aaa", "bbb");

  /** Where they may be. */
  static final List<String> PATHS = List.of("/a", "/b");

  /** What makes a program worth running: the datastores exist. */
  public static final List<Command> BASIS =
      List.of(new Command.Create(0, "aaa", "/a"), new Command.Create(0, "bbb", "/b"));

  private Commands() {}

  /** One command of one of these processes, or from outside. */
  public static Arbitrary<Command> any(int processes) {
    return Arbitraries.frequencyOf(
        Tuple.of(10, lookups(processes)),
        Tuple.of(7, inside(processes)),
        Tuple.of(4, saves(processes)),
        Tuple.of(3, outside()));
  }

  private static Arbitrary<Command> lookups(int processes) {
    return Combinators.combine(process(processes), names(), Arbitraries.of(Operation.class))
        .as(Command.Lookup::new);
  }

  private static Arbitrary<Command> inside(int processes) {
    Arbitrary<Integer> p = process(processes);
    return Arbitraries.frequencyOf(
        Tuple.of(8, Combinators.combine(p, names()).as(Command.Close::new)),
        Tuple.of(1, Combinators.combine(p, names()).as(Command.CloseAgain::new)),
        Tuple.of(1, Combinators.combine(p, names()).as(Command.Duplicate::new)),
        Tuple.of(1, Combinators.combine(p, names()).as(Command.Count::new)),
        Tuple.of(2, p.map(Command.Refresh::new)),
        Tuple.of(1, p.map(Command.Kill::new)),
        Tuple.of(2, p.map(Command.Start::new)));
  }

  private static Arbitrary<Command> saves(int processes) {
    Arbitrary<Integer> p = process(processes);
    return Arbitraries.frequencyOf(
        Tuple.of(4, Combinators.combine(p, names(), savedModes()).as(Command.SetMode::new)),
        Tuple.of(2, Combinators.combine(p, names()).as(Command.Update::new)),
        Tuple.of(1, Combinators.combine(p, names(), paths()).as(Command.Create::new)),
        Tuple.of(1, Combinators.combine(p, names()).as(Command.Remove::new)));
  }

  private static Arbitrary<Command> outside() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            2,
            Combinators.combine(names(), Arbitraries.of(MaintenanceMode.class))
                .as(Command.EditMode::new)),
        Tuple.of(2, names().map(Command.EditComment::new)),
        Tuple.of(2, Combinators.combine(names(), paths()).as(Command.EditPath::new)),
        Tuple.of(1, names().map(Command.EditOut::new)),
        Tuple.of(2, Arbitraries.of(true, false, false).map(Command.EditTorn::new)),
        Tuple.of(1, Arbitraries.just(new Command.Bump())),
        Tuple.of(4, Arbitraries.of(1, 30, 59, 60).map(Command.Wait::new)),
        Tuple.of(
            2,
            Combinators.combine(paths(), Arbitraries.of(true, false)).as(Command.LockFile::new)));
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

  private static Arbitrary<Integer> process(int processes) {
    return Arbitraries.integers().between(0, processes - 1);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.of(NAMES);
  }

  private static Arbitrary<String> paths() {
    return Arbitraries.of(PATHS);
  }
}
