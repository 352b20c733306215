package io.github.datastorelookup.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program in all schedules, or in those that interrupt threads at most this often. An
 * allowed kill is one more choice at each decision.
 *
 * <p>Explores no state twice: two runs are at the same point when the shared state is the same, and
 * each thread has seen the same (all results of its accesses, in order). From there on they cannot
 * differ. No weaker condition would be sound: a thread's next step may depend on anything that it
 * has seen.
 */
public final class Explorer {
  /** No bound: all schedules. */
  public static final int ALL = Integer.MAX_VALUE;

  /** Runs the program once. */
  @FunctionalInterface
  public interface Program {
    /** Throws the failure that the run found. */
    void run(Schedule schedule);
  }

  /**
   * The result of an exploration.
   *
   * @param runs how often the program ran
   * @param states how many different states there were at decisions
   * @param cutOff how many choices were left out because of the bound
   */
  public record Result(long runs, long states, long cutOff) {
    @Override
    public String toString() {
      String rest = cutOff == 0 ? "complete" : cutOff + " choices cut off by the bound";
      return runs + " runs, " + states + " states, " + rest;
    }
  }

  private final Program program;
  private final Left bounds;
  private final int mostRuns;

  /** By state, what was left when it was explored. */
  private final Map<Long, Left> explored = new HashMap<>();

  private final @Nullable Random order;
  private final List<Branch> open = new ArrayList<>();
  private List<Integer> choices = List.of();
  private long runs;
  private long cutOff;

  /**
   * An explorer.
   *
   * @param interruptions how often a thread that could continue may be interrupted; {@link #ALL}
   * @param mostRuns the number of runs after which it ends
   */
  public Explorer(Program program, int interruptions, int mostRuns) {
    this(program, interruptions, mostRuns, null);
  }

  /** An explorer that takes the open choices in a random order: where it ends differs each time. */
  public Explorer(Program program, int interruptions, int mostRuns, @Nullable Random order) {
    this(program, interruptions, interruptions, mostRuns, order);
  }

  /**
   * An explorer of weak memory.
   *
   * @param oldValues how often an access may read a value that is not the newest one
   */
  public Explorer(
      Program program, int interruptions, int oldValues, int mostRuns, @Nullable Random order) {
    this.program = program;
    this.bounds = new Left(interruptions, oldValues);
    this.mostRuns = mostRuns;
    this.order = order;
  }

  /** How many interruptions and old values a run may still have. */
  private record Left(int interruptions, int oldValues) {
    boolean covers(Left other) {
      return interruptions >= other.interruptions && oldValues >= other.oldValues;
    }

    /** After this choice, or null if it is not possible any more. */
    @Nullable Left after(Schedule.Decision decision, int choice) {
      if (choice >= Schedule.NEWEST) {
        return oldValues == 0 ? null : new Left(interruptions, oldValues - 1);
      } else if (decision.current() < 0 || decision.kills(choice)) {
        return this;
      }
      return interruptions == 0 ? null : new Left(interruptions - 1, oldValues);
    }
  }

  /** The choices up to a decision, the last one first, and what is left. */
  private record Branch(@Nullable Branch before, int choice, int depth, Left left) {
    List<Integer> choices() {
      Integer[] all = new Integer[depth];
      for (Branch branch = this; branch.before != null; branch = branch.before) {
        all[branch.depth - 1] = branch.choice;
      }
      return List.of(all);
    }
  }

  /** Explores. An exception of a run ends it; {@link #choices} then returns that run's schedule. */
  public Result explore() {
    open.add(new Branch(null, 0, 0, bounds));
    while (!open.isEmpty() && runs < mostRuns) {
      Following schedule = new Following(next());
      choices = schedule.taken;
      runs++;
      program.run(schedule);
    }
    return new Result(runs, explored.size(), cutOff + open.size());
  }

  /** The newest open branch, or any of them. */
  private Branch next() {
    if (order != null) {
      Collections.swap(open, order.nextInt(open.size()), open.size() - 1);
    }
    return open.remove(open.size() - 1);
  }

  /** The choices of the last run. */
  public List<Integer> choices() {
    return List.copyOf(choices);
  }

  /** Follows a branch, then interrupts no thread, and leaves a branch wherever it could have. */
  private final class Following implements Schedule {
    private final List<Integer> given;
    private final List<Integer> taken = new ArrayList<>();
    private Branch branch;

    Following(Branch branch) {
      this.branch = branch;
      this.given = branch.choices();
    }

    @Override
    public int choose(Decision decision) {
      int choice = taken.size() < given.size() ? given.get(taken.size()) : goOn(decision);
      taken.add(choice);
      return choice;
    }

    private int goOn(Decision decision) {
      long state = decision.state();
      Left before = explored.get(state);
      if (before != null && before.covers(branch.left)) {
        return STOP;
      }
      explored.put(state, branch.left);
      int first = decision.choices().get(0);
      for (int choice : decision.choices()) {
        Left left = choice == first ? branch.left : branch.left.after(decision, choice);
        if (left == null) {
          cutOff++;
        } else if (choice != first) {
          open.add(new Branch(branch, choice, branch.depth + 1, left));
        }
      }
      branch = new Branch(branch, first, branch.depth + 1, branch.left);
      return first;
    }
  }
}
