package io.github.datastorelookup.properties;

import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.ExternalEvent;
import io.github.datastorelookup.port.MountTable;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Random programs: each a plain list of commands, that begins by making datastores. Most are about
 * one theme, with few names, so that what is rare comes together; some are about everything.
 */
final class RandomPrograms {
  private static final List<String> NAMES = List.of("aaa", "bbb", "ccc", "ddd");

  /** What makes a program worth running: the datastores exist. */
  private static final List<Command> BASIS =
      List.of(new Command.Create(0, "aaa", "/a"), new Command.Create(0, "bbb", "/b"));

  private RandomPrograms() {}

  /** Any program. */
  static Arbitrary<List<Command>> any() {
    return Arbitraries.frequencyOf(
        Tuple.of(2, everything()),
        Tuple.of(2, visibility()),
        Tuple.of(2, files()),
        Tuple.of(2, removable()),
        Tuple.of(2, drains()),
        Tuple.of(2, lives()),
        Tuple.of(1, broken()),
        Tuple.of(1, shared()),
        Tuple.of(22, Conditions.any(BASIS)));
  }

  /** 1 to 3 processes, 2 to 4 datastores, one inside of another, one removable. */
  private static Arbitrary<List<Command>> everything() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 3), Arbitraries.integers().between(2, 4))
        .flatAs(
            (processes, datastores) -> {
              List<String> names = NAMES.subList(0, datastores);
              List<String> paths = List.of("/a", "/b", "/a/c", Outsiders.device("bbb"));
              return everything(new Commands(processes, names, paths));
            });
  }

  private static Arbitrary<List<Command>> everything(Commands c) {
    Outsiders o = new Outsiders(c);
    Arbitrary<Command> one =
        Arbitraries.frequencyOf(
            Tuple.of(40, c.lookups()),
            Tuple.of(16, c.closes()),
            Tuple.of(6, c.handles()),
            Tuple.of(4, c.refreshes()),
            Tuple.of(4, c.lives()),
            Tuple.of(1, c.ledgers()),
            Tuple.of(14, c.saves()),
            Tuple.of(4, c.readings()),
            Tuple.of(6, c.drains()),
            Tuple.of(8, o.edits()),
            Tuple.of(4, Outsiders.waits()),
            Tuple.of(1, Outsiders.bumps()),
            Tuple.of(2, Outsiders.broken()),
            Tuple.of(1, Outsiders.locks()),
            Tuple.of(1, o.replaced()),
            Tuple.of(2, o.lockFiles()),
            Tuple.of(2, o.disks()),
            Tuple.of(3, o.mounts()));
    return program(BASIS, one, 40);
  }

  /** Who sees which edit when: INV-1, INV-2, INV-3, INV-8. */
  private static Arbitrary<List<Command>> visibility() {
    Commands c = new Commands(2, NAMES.subList(0, 2), List.of("/a", "/b"));
    Outsiders o = new Outsiders(c);
    Arbitrary<Command> one =
        Arbitraries.frequencyOf(
            Tuple.of(12, c.lookups()),
            Tuple.of(4, c.closes()),
            Tuple.of(3, c.refreshes()),
            Tuple.of(4, c.saves()),
            Tuple.of(3, c.readings()),
            Tuple.of(5, o.edits()),
            Tuple.of(5, Outsiders.waits()),
            Tuple.of(1, Outsiders.bumps()));
    return program(BASIS, one, 30);
  }

  /** Which files are open: INV-4, INV-5, INV-9, INV-10. */
  private static Arbitrary<List<Command>> files() {
    Commands c = new Commands(1, NAMES.subList(0, 2), List.of("/a", "/b"));
    Outsiders o = new Outsiders(c);
    Arbitrary<Command> one =
        Arbitraries.frequencyOf(
            Tuple.of(12, c.lookups()),
            Tuple.of(8, c.closes()),
            Tuple.of(2, c.handles()),
            Tuple.of(2, c.refreshes()),
            Tuple.of(2, c.saves()),
            Tuple.of(4, o.paths()),
            Tuple.of(3, o.lockFiles()),
            Tuple.of(3, o.disks()),
            Tuple.of(2, Outsiders.waits()),
            Tuple.of(2, Outsiders.bumps()));
    return program(BASIS, one, 30);
  }

  /** Devices that come and go. */
  private static Arbitrary<List<Command>> removable() {
    List<String> paths = List.of(Outsiders.device("aaa"), Outsiders.device("aaa"), "/b");
    Commands c = new Commands(2, List.of("aaa"), paths);
    Outsiders o = new Outsiders(c);
    Arbitrary<Command> one =
        Arbitraries.frequencyOf(
            Tuple.of(8, c.lookups()),
            Tuple.of(4, c.closes()),
            Tuple.of(3, c.saves()),
            Tuple.of(2, c.creates()),
            Tuple.of(3, c.drains()),
            Tuple.of(1, o.paths()),
            Tuple.of(4, o.mounts()),
            Tuple.of(1, Outsiders.waits()),
            Tuple.of(1, o.disks()));
    List<Command> basis =
        List.of(
            new ExternalEvent.Mount("aaa", MountTable.Status.MOUNTED),
            new Command.Create(0, "aaa", Outsiders.device("aaa")));
    return program(basis, one, 25);
  }

  /** Maintenance, with and without somebody in the way. */
  private static Arbitrary<List<Command>> drains() {
    Commands c = new Commands(3, NAMES.subList(0, 2), List.of("/a", "/b", "/c"));
    Outsiders o = new Outsiders(c);
    Arbitrary<Command> one =
        Arbitraries.frequencyOf(
            Tuple.of(8, c.lookups()),
            Tuple.of(6, c.closes()),
            Tuple.of(2, c.handles()),
            Tuple.of(8, c.drains()),
            Tuple.of(4, c.saves()),
            Tuple.of(1, o.lockFiles()),
            Tuple.of(1, o.edits()),
            Tuple.of(2, c.lives()));
    return program(BASIS, one, 25);
  }

  /** Registries and processes that end and begin. */
  private static Arbitrary<List<Command>> lives() {
    Commands c = new Commands(2, NAMES.subList(0, 2), List.of("/a", "/b"));
    Arbitrary<Command> one =
        Arbitraries.frequencyOf(
            Tuple.of(8, c.lookups()),
            Tuple.of(4, c.closes()),
            Tuple.of(4, c.handles()),
            Tuple.of(1, c.refreshes()),
            Tuple.of(5, c.lives()),
            Tuple.of(4, c.saves()),
            Tuple.of(2, c.readings()),
            Tuple.of(4, c.drains()),
            Tuple.of(2, c.ledgers()));
    return program(BASIS, one, 25);
  }

  /** A config that cannot be had: INV-13. */
  private static Arbitrary<List<Command>> broken() {
    Commands c = new Commands(2, NAMES.subList(0, 2), List.of("/a", "/b"));
    Arbitrary<Command> one =
        Arbitraries.frequencyOf(
            Tuple.of(8, c.lookups()),
            Tuple.of(5, c.closes()),
            Tuple.of(2, c.refreshes()),
            Tuple.of(4, c.saves()),
            Tuple.of(3, c.readings()),
            Tuple.of(4, c.drains()),
            Tuple.of(6, Outsiders.broken()),
            Tuple.of(2, Outsiders.waits()),
            Tuple.of(2, Outsiders.bumps()));
    return program(BASIS, one, 25);
  }

  /** Locks, pages and ledgers that others take away. */
  private static Arbitrary<List<Command>> shared() {
    Commands c = new Commands(2, NAMES.subList(0, 2), List.of("/a", "/b"));
    Outsiders o = new Outsiders(c);
    Arbitrary<Command> one =
        Arbitraries.frequencyOf(
            Tuple.of(10, c.lookups()),
            Tuple.of(4, c.closes()),
            Tuple.of(3, c.handles()),
            Tuple.of(2, c.refreshes()),
            Tuple.of(5, c.saves()),
            Tuple.of(3, c.readings()),
            Tuple.of(5, c.drains()),
            Tuple.of(3, c.lives()),
            Tuple.of(3, Outsiders.locks()),
            Tuple.of(2, o.replaced()),
            Tuple.of(1, c.ledgers()),
            Tuple.of(1, Outsiders.waits()),
            Tuple.of(1, Outsiders.bumps()));
    return program(BASIS, one, 25);
  }

  private static Arbitrary<List<Command>> program(
      List<Command> basis, Arbitrary<Command> one, int most) {
    return one.list()
        .ofMinSize(most / 2)
        .ofMaxSize(most)
        .map(rest -> Stream.of(basis, rest).flatMap(List::stream).toList());
  }
}
