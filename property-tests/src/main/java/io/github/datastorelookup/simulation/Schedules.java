package io.github.datastorelookup.simulation;

import io.github.datastorelookup.simulation.Schedule.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;

/** Ways to choose the thread that continues. Each instance serves one run. */
public final class Schedules {
  private Schedules() {}

  /**
   * Replays these choices, one for each decision, and then interrupts no thread any more. Skips a
   * choice that cannot be made (the code has changed).
   */
  public static Schedule replay(List<Integer> choices) {
    PrimitiveIterator.OfInt next = choices.stream().mapToInt(Integer::intValue).iterator();
    return decision -> {
      int choice = next.hasNext() ? next.nextInt() : decision.choices().get(0);
      return decision.choices().contains(choice) ? choice : decision.choices().get(0);
    };
  }

  /**
   * Accepts any numbers: each says how many threads further the decision goes. A zero interrupts no
   * thread, nor does the end of the list, so shrinking numbers and lists shrinks schedules.
   */
  public static Schedule of(List<Integer> numbers) {
    PrimitiveIterator.OfInt next = numbers.stream().mapToInt(Integer::intValue).iterator();
    return decision -> {
      int further = next.hasNext() ? next.nextInt() : 0;
      List<Integer> choices = decision.choices();
      return choices.get(Math.floorMod(further, choices.size()));
    };
  }

  /**
   * Chooses all threads with equal probability, so that nearly each step switches the thread, and
   * an allowed kill once in {@code length} decisions.
   */
  public static Schedule random(Random random, int length) {
    return decision -> {
      List<Integer> choices = decision.choices();
      int threads =
          decision.kills(choices.get(choices.size() - 1)) ? choices.size() - 1 : choices.size();
      return threads < choices.size() && random.nextInt(length) == 0
          ? choices.get(threads)
          : choices.get(random.nextInt(threads));
    };
  }

  /**
   * PCT, probabilistic concurrency testing: random priorities, and a few random moments at which
   * the running thread becomes the least important. Finds a mistake that needs {@code depth}
   * orderings with a probability of at least {@code 1 / (threads * length^(depth - 1))}.
   *
   * @param length the approximate number of decisions in a run
   */
  public static Schedule pct(Random random, int threads, int depth, int length) {
    List<Integer> priorities = new ArrayList<>(); // the most important one first
    for (int thread = 0; thread < threads; thread++) {
      priorities.add(random.nextInt(priorities.size() + 1), thread);
    }
    SortedSet<Integer> changes = new TreeSet<>();
    while (changes.size() < depth - 1) {
      changes.add(random.nextInt(Math.max(length, depth)));
    }
    return new Pct(priorities, changes, random.nextInt(Math.max(length, 1)));
  }

  private static final class Pct implements Schedule {
    private final List<Integer> priorities;
    private final SortedSet<Integer> changes;
    private final int kill;
    private int decisions;

    Pct(List<Integer> priorities, SortedSet<Integer> changes, int kill) {
      this.priorities = priorities;
      this.changes = changes;
      this.kill = kill;
    }

    @Override
    public int choose(Decision decision) {
      int last = decision.choices().get(decision.choices().size() - 1);
      if (last >= NEWEST) {
        return NEWEST;
      }
      if (decisions >= kill && decision.kills(last)) {
        return last;
      }
      if (changes.contains(decisions++) && decision.current() >= 0) {
        priorities.remove((Integer) decision.current());
        priorities.add(decision.current());
      }
      for (int thread : priorities) {
        if (decision.choices().contains(thread)) {
          return thread;
        }
      }
      throw new AssertionError("none of " + decision.choices() + " has a priority");
    }
  }
}
