package io.github.datastorelookup.oracle;

import io.github.datastorelookup.checks.Explored;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.simulation.Schedule;
import java.util.List;
import java.util.Set;

/**
 * A small program whose threads race.
 *
 * @param processes how many there are
 * @param setup what happens before, without a race
 * @param threads a program for each thread
 * @param closesAll whether no files may be open in the end
 */
public record Scenario(
    int processes, List<Command> setup, List<List<Command>> threads, boolean closesAll) {
  private static final int STORY_LINES = 70;

  /** A scenario that may leave files open. */
  public Scenario(int processes, List<Command> setup, List<List<Command>> threads) {
    this(processes, setup, threads, false);
  }

  /** The same, after which no files may be open. */
  public Scenario closingAll() {
    return new Scenario(processes, setup, threads, true);
  }

  /**
   * Runs it once.
   *
   * @return at how many points the schedule had a choice
   * @throws InvariantViolation when an invariant does not hold at some point
   */
  public int run(Schedule schedule) {
    Fleet fleet = new Fleet(schedule, processes);
    try {
      setup.forEach(fleet::run);
      fleet.runTogether(threads);
      fleet.oracle().always();
      fleet.oracle().conservation();
      if (closesAll) {
        fleet.oracle().nothingOpen();
      }
    } catch (InvariantViolation e) {
      throw e.after(fleet.story(STORY_LINES));
    }
    Explored.add(1);
    return fleet.choices();
  }

  /**
   * Runs all schedules in which threads are interrupted at most twice.
   *
   * @return how many there were
   */
  public int runAllWithTwoInterruptions() {
    int runs = 1;
    int choices = run(Schedule.none());
    for (int first = 0; first < choices; first++) {
      int left = run(Schedule.switchingAt(Set.of(first)));
      runs++;
      for (int second = first + 1; second < left; second++) {
        int unused = run(Schedule.switchingAt(Set.of(first, second)));
        runs++;
      }
    }
    return runs;
  }
}
