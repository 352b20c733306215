package io.github.datastorelookup.simulation;

import io.github.datastorelookup.simulation.Schedule.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;

/** Ways to choose who goes on. Each is good for one run. */
public final class Schedules {
  private Schedules() {}

  /**
   * These choices, one for each decision; then nobody is interrupted any more. A choice that cannot
   * be made (the code is another one now) is left out.
   */
  public static Schedule replay(List<Integer> choices) {
    PrimitiveIterator.OfInt next = choices.stream().mapToInt(Integer::intValue).iterator();
    return decision -> {
      int choice = next.hasNext() ? next.nextInt() : decision.choices().get(0);
      return decision.choices().contains(choice) ? choice : decision.choices().get(0);
    };
  }

  /**
   * Any numbers: each says how many threads further the decision goes. Zeros interrupt nobody, and
   * so does the end of the list: what shrinks numbers and lists shrinks schedules.
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
   * Each thread as likely as any other, so that nearly each step is of another one; a kill, if
   * there may be one, once in so many decisions.
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
   * whoever runs becomes the least important. Finds a mistake that needs {@code depth} orderings
   * with a probability of at least {@code 1 / (threads * length^(depth - 1))}.
   *
   * @param length about how many decisions a run has
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
