package io.github.datastorelookup.properties;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.ExternalEvent;
import io.github.datastorelookup.model.FileFault;
import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.model.Reading;
import io.github.datastorelookup.port.MountTable;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/**
 * Programs that bring about what is rare, and then have process 0 call everything there is, in any
 * order: each call, in each condition.
 */
final class Conditions {
  private static final String NAME = "aaa";
  private static final List<String> NAMES = List.of("aaa", "ccc", "ccc", "ccc", "ccc");
  private static final List<String> PATHS = List.of("/a", "/a/c", "/c", "/c", "/c", "/c");
  private static final Command READ = new Command.Lookup(0, NAME, Operation.READ);
  private static final Command WRITE_OF_ANOTHER = new Command.Lookup(1, NAME, Operation.WRITE);
  private static final Command TWIN = new ExternalEvent.EditPath("bbb", "/a");
  private static final Command WRITE_OF_TWIN = new Command.Lookup(0, "bbb", Operation.WRITE);
  private static final Command REFRESH = new Command.Refresh(0);
  private static final Command CLOSED = new Command.Close(0, NAME);
  private static final Command KILLED = new Command.Kill(0);
  private static final Command STARTED = new Command.Start(0, true);
  private static final Command BUMP = new ExternalEvent.Bump();

  /** The end of all conditions. */
  private static final List<Command> AS_BEFORE =
      List.of(
          new ExternalEvent.FailConfig(false),
          new FileFault.FailSyncs(0),
          new ExternalEvent.EditTorn(false),
          new FileFault.HoldLock(false),
          new ExternalEvent.Hang("/a", false),
          KILLED,
          STARTED,
          new ExternalEvent.EditPath(NAME, "/a"),
          new ExternalEvent.EditMode(NAME, MaintenanceMode.NONE),
          new ExternalEvent.LockFile("/a", true),
          BUMP);

  private Conditions() {}

  /** The last ones twice as often: in them it takes more for a call to be refused for that. */
  private static Arbitrary<List<Command>> conditions() {
    Command away = new ExternalEvent.Mount(NAME, MountTable.Status.UNKNOWN);
    Command removable = new ExternalEvent.EditPath(NAME, ModelConfig.mountPoint(NAME));
    Command unheard = new Command.Start(0, false);
    Command broken = new ExternalEvent.FailFiles("/a", true);
    Command repaired = new ExternalEvent.FailFiles("/a", false);
    Command elsewhere = new ExternalEvent.EditPath(NAME, "/b");
    Command create = new Command.Create(0, NAME, ModelConfig.mountPoint(NAME));
    return Arbitraries.frequencyOf(
        one(
            List.of(new ExternalEvent.EditTorn(true), BUMP),
            List.of(new ExternalEvent.EditUnparsable(), BUMP)),
        one(
            List.of(READ, new ExternalEvent.FailConfig(true), BUMP),
            List.of(READ, new FileFault.RemoveConfig(), BUMP),
            List.of(new Command.Update(0, NAME), new FileFault.RemoveConfig()),
            List.of(new FileFault.EmptyConfig(), BUMP)),
        one(List.of(new FileFault.HoldLock(true), BUMP)),
        twice(List.of(new FileFault.FailSyncs(99))),
        one(
            List.of(READ, new FileFault.ReplacePage(), new ExternalEvent.Wait(60)),
            List.of(READ, new FileFault.ReplaceLedger(0), BUMP)),
        one(List.of(KILLED)),
        one(List.of(KILLED, unheard), List.of(KILLED, unheard, READ, new Command.Update(1, NAME))),
        one(List.of(READ, new Command.CloseRegistry(0), STARTED)),
        one(List.of(WRITE_OF_ANOTHER)),
        one(List.of(READ, new ExternalEvent.EditOut(NAME), BUMP, new Reading.Config(0))),
        one(
            List.of(new Reading.Config(0), new Reading.UpdateAsRead(0, NAME)),
            List.of(READ, CLOSED, READ, new ExternalEvent.Hang("/a", true)),
            List.of(
                READ, new ExternalEvent.EditComment(NAME), new ExternalEvent.Wait(60), REFRESH)),
        one(List.of(new ExternalEvent.LockFile("/a", false))),
        one(
            List.of(READ, TWIN, BUMP, WRITE_OF_TWIN),
            List.of(TWIN, BUMP, broken, READ, repaired, WRITE_OF_TWIN)),
        one(
            List.of(
                READ,
                elsewhere,
                new ExternalEvent.LockFile("/b", true),
                new ExternalEvent.Wait(60))),
        one(List.of(READ, new ExternalEvent.LockFile("/a", true), BUMP)),
        one(
            List.of(new Command.SetMode(0, NAME, MaintenanceMode.UNMOUNT)),
            List.of(READ, new Command.SetMode(0, NAME, MaintenanceMode.DELETE)),
            List.of(new ExternalEvent.EditMode(NAME, MaintenanceMode.UNKNOWN), BUMP)),
        twice(List.of(WRITE_OF_ANOTHER, new FileFault.ReplacePage(), KILLED, STARTED)),
        twice(List.of(new Command.FailLedger(0, true))),
        twice(List.of(away, new ExternalEvent.EditOut(NAME), create, removable, BUMP)));
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  private static Tuple2<Integer, Arbitrary<? extends List<Command>>> one(List<Command>... either) {
    return Tuple.of(1, Arbitraries.of(List.of(either)));
  }

  private static Tuple2<Integer, Arbitrary<? extends List<Command>>> twice(
      List<Command> condition) {
    return Tuple.of(2, Arbitraries.just(condition));
  }

  /** Any two conditions after this, each followed by all calls. */
  static Arbitrary<List<Command>> any(List<Command> before) {
    Commands c = new Commands(1, List.of(NAME), List.of("/a", "/c"));
    return Combinators.combine(conditions(), calls(c), conditions(), calls(c))
        .as(
            (condition, calls, second, callsAgain) ->
                Stream.of(before, condition, calls, AS_BEFORE, second, callsAgain)
                    .flatMap(List::stream)
                    .toList());
  }

  private static Arbitrary<List<Command>> calls(Commands c) {
    List<Arbitrary<Command>> each =
        List.of(
            Arbitraries.of(Operation.class).map(any -> new Command.Lookup(0, "../x", any)),
            Arbitraries.just(new Command.Lookup(0, NAME, Operation.LOOKUP)),
            Arbitraries.just(READ),
            Arbitraries.just(new Command.Lookup(0, NAME, Operation.WRITE)),
            c.closes(),
            c.handles(),
            Arbitraries.just(new Command.Count(0, NAME)),
            c.refreshes(),
            Arbitraries.just(new Reading.Config(0)),
            Arbitraries.just(new Reading.UpdateAsRead(0, NAME)),
            Arbitraries.just(new Command.Update(0, NAME)),
            c.modes(),
            Combinators.combine(Arbitraries.of(NAMES), Arbitraries.of(PATHS))
                .as((name, path) -> new Command.Create(0, name, path)),
            c.maintains(),
            c.destroys(),
            c.moves());
    return Combinators.combine(each).as(calls -> calls).flatMap(Arbitraries::shuffle);
  }
}
