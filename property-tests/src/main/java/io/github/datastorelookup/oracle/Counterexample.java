package io.github.datastorelookup.oracle;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.simulation.Schedules;
import io.github.datastorelookup.simulation.Trace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scenario and a schedule in which an invariant is broken.
 *
 * @param choices what is chosen at each decision
 */
public record Counterexample(Scenario scenario, List<Integer> choices) {
  /** A copy of the list is kept. */
  public Counterexample {
    choices = List.copyOf(choices);
  }

  /**
   * Runs it, and nothing else.
   *
   * @return what is broken, with the whole story; null if nothing is
   */
  public @Nullable InvariantViolation replay() {
    Trace trace = new Trace(true);
    try {
      new Execution(scenario, Schedules.replay(choices), trace).run();
      return null;
    } catch (InvariantViolation e) {
      List<String> story = new ArrayList<>(ScenarioText.lines(this));
      story.add("");
      story.addAll(StoryTable.lines(trace, scenario.threads().size()));
      return e.after(String.join("\n", story));
    }
  }

  /** What a run found, with the story that another run tells. */
  InvariantViolation told(InvariantViolation first) {
    InvariantViolation again = replay();
    if (again == null || !again.invariant().equals(first.invariant())) {
      throw new IllegalStateException(
          "runs differently when it is run again: " + ScenarioText.lines(this), first);
    }
    return again;
  }
}
