package io.github.datastorelookup.oracle;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.simulation.Schedule;
import io.github.datastorelookup.simulation.Schedules;
import io.github.datastorelookup.simulation.Trace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scenario and a schedule in which an invariant is broken.
 *
 * @param choices the choice at each decision
 * @param isMinimal whether no single command can be left out
 */
public record Counterexample(Scenario scenario, List<Integer> choices, boolean isMinimal) {
  /** A counterexample that may have more commands than it needs. */
  public Counterexample(Scenario scenario, List<Integer> choices) {
    this(scenario, choices, false);
  }

  /** Keeps a copy of the list. */
  public Counterexample {
    choices = List.copyOf(choices);
  }

  /** The same, known to need each of its commands. */
  Counterexample minimal() {
    return new Counterexample(scenario, choices, true);
  }

  /** The same without this thread. */
  Counterexample withoutThread(int number) {
    List<List<Command>> fewer = new ArrayList<>(scenario.threads());
    fewer.remove(number);
    List<Integer> rest =
        choices.stream()
            .filter(choice -> choice != number)
            .map(choice -> choice > number && choice < Schedule.NEWEST ? choice - 1 : choice)
            .toList();
    return new Counterexample(scenario.with(scenario.setup(), fewer, scenario.afterwards()), rest);
  }

  /**
   * Runs it, and nothing else.
   *
   * @return the violation, with the whole story; null if there is none
   */
  public @Nullable InvariantViolation replay() {
    Trace trace = new Trace(true);
    try {
      new Execution(scenario, Schedules.replay(choices), trace).run();
      return null;
    } catch (InvariantViolation e) {
      List<String> story = new ArrayList<>(ScenarioText.lines(this));
      story.add("");
      story.addAll(StoryTable.lines(trace));
      return e.after(String.join("\n", story));
    }
  }

  /** The violation that a run found, with the story of another run. */
  InvariantViolation told(InvariantViolation first) {
    InvariantViolation again = replay();
    if (again == null || !again.invariant().equals(first.invariant())) {
      throw new IllegalStateException(
          "runs differently when it is run again: " + ScenarioText.lines(this), first);
    }
    return again;
  }
}
