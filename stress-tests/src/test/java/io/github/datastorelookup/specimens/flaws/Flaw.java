package io.github.datastorelookup.specimens.flaws;

import io.github.datastorelookup.simulation.Explorer;
import io.github.datastorelookup.simulation.Trace;
import io.github.datastorelookup.specimens.SpecimenKind;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A flaw of PBS as a scenario that can be run on all specimens and on the library.
 *
 * @param id P1 to P17, as in {@code docs/upstream.md}
 * @param name of the scenario
 * @param invariant what it breaks
 * @param message what is seen then
 * @param in the specimens that have it
 * @param interruptions with how many of them it first shows
 * @param scenario what happens; throws when something is broken
 */
record Flaw(
    String id,
    String name,
    String invariant,
    String message,
    Set<SpecimenKind> in,
    int interruptions,
    Consumer<Bench> scenario) {
  /** One that shows in all specimens without an interruption; breaking something yet to be said. */
  static Flaw of(String id, String name, Consumer<Bench> scenario) {
    return new Flaw(id, name, "", "", EnumSet.allOf(SpecimenKind.class), 0, scenario);
  }

  Flaw breaking(String what, String seen) {
    return new Flaw(id, name, what, seen, in, interruptions, scenario);
  }

  Flaw onlyIn(Set<SpecimenKind> kinds) {
    return new Flaw(id, name, invariant, message, kinds, interruptions, scenario);
  }

  Flaw interruptedOnce() {
    return new Flaw(id, name, invariant, message, in, 1, scenario);
  }

  /** What came of exploring a scenario in which nothing was broken. */
  record FlawSearch(Explorer.Result result, int checks) {}

  /**
   * Runs it in all schedules that interrupt threads at most so often.
   *
   * @param kind the specimen to run it on, or null for the library
   */
  FlawSearch explore(@Nullable SpecimenKind kind, int most) {
    int[] checks = {Integer.MAX_VALUE};
    Explorer.Result all =
        new Explorer(
                schedule -> {
                  Bench bench = new Bench(kind, schedule, new Trace(false));
                  try {
                    scenario.accept(bench);
                    checks[0] = Math.min(checks[0], bench.witness.checks());
                  } catch (Bench.Stopped e) { // seen before
                  }
                },
                most,
                Integer.MAX_VALUE)
            .explore();
    return new FlawSearch(all, checks[0]);
  }

  /** What the violation says. */
  String shown() {
    return invariant + " broken: " + message;
  }

  @Override
  public String toString() {
    return id + " " + name;
  }
}
