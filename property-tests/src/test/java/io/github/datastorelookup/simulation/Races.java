package io.github.datastorelookup.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.checks.Explored;
import io.github.datastorelookup.checks.Seed;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Command.Close;
import io.github.datastorelookup.model.Command.Create;
import io.github.datastorelookup.model.Command.Ending;
import io.github.datastorelookup.model.Command.Lookup;
import io.github.datastorelookup.model.Command.Maintain;
import io.github.datastorelookup.oracle.Exploration;
import io.github.datastorelookup.oracle.Scenario;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the scenarios share: the commands that most of them are made of, and how they are run. */
final class Races {
  /** Which round of a campaign this is; 1 in any other run. */
  private static final int ROUND = Integer.getInteger("round", 1);

  private static final int SMOKE_RUNS_BEYOND = 2_000;

  /** What is done with a scenario instead of exploring it here; null for nothing. */
  private static @Nullable Consumer<Scenario> instead;

  static final Command CREATE = new Create(0, "aaa", "/a");

  private Races() {}

  static Command read(int process) {
    return new Lookup(process, "aaa", Operation.READ);
  }

  static Command write(int process) {
    return new Lookup(process, "aaa", Operation.WRITE);
  }

  static Command look(int process) {
    return new Lookup(process, "aaa", Operation.LOOKUP);
  }

  static Command close(int process) {
    return new Close(process, "aaa");
  }

  /** Waits for others, and takes its time when it acts. */
  static Command drain(int process, MaintenanceMode mode) {
    return new Maintain(process, "aaa", mode, 100, Ending.GOOD);
  }

  /** The datastore exists, and these processes have its files open, idle. */
  static List<Command> idleIn(int... processes) {
    List<Command> setup = new ArrayList<>(List.of(CREATE));
    for (int process : processes) {
      setup.add(read(process));
      setup.add(close(process));
    }
    return setup;
  }

  /**
   * All schedules of two threads, of three those with at most three interruptions; smoke: with at
   * most two, and one. Those of two threads with at most two interruptions first: a scenario that
   * has more runs than there is time for has at least these.
   */
  static void explore(Scenario scenario) {
    if (taken(scenario)) {
      return;
    }
    if (ROUND > 1) {
      beyond(scenario);
      return;
    }
    boolean two = scenario.threads().size() == 2;
    boolean smoke = Budget.current() == Budget.SMOKE;
    if (two || smoke) {
      told(Exploration.explore(scenario, two ? 2 : 1, Integer.MAX_VALUE));
    }
    if (!smoke) {
      told(Exploration.explore(scenario, two ? Explorer.ALL : 3, mostRuns()));
    }
  }

  /**
   * As {@link #explore}, of a race that takes three interruptions, however little time there is.
   */
  static void exploreThree(Scenario scenario) {
    if (taken(scenario)) {
      return;
    }
    if (ROUND > 1) {
      beyond(scenario);
      return;
    }
    told(Exploration.explore(scenario, 3, Integer.MAX_VALUE));
  }

  /** This process killed at each point of each schedule with at most one interruption, or two. */
  static void exploreKilling(int process, Scenario scenario) {
    if (taken(scenario.killing(process))) {
      return;
    }
    if (ROUND > 1) {
      beyond(scenario.killing(process));
      return;
    }
    int interruptions = Budget.current() == Budget.SMOKE ? 1 : 2;
    told(Exploration.explore(scenario.killing(process), interruptions, mostRuns()));
  }

  /**
   * Any number of interruptions, in an order that the seed chooses. The first round of a campaign
   * has looked at all within the bound; the others look beyond it, each somewhere else.
   */
  private static void beyond(Scenario scenario) {
    Random order = new Random(Seed.current());
    int runs = Budget.current() == Budget.SMOKE ? SMOKE_RUNS_BEYOND : mostRuns();
    told(Exploration.explore(scenario, Explorer.ALL, runs, order, (command, answer) -> {}));
  }

  private static int mostRuns() {
    return Budget.current() == Budget.TOUGH ? 10_000_000 : 50_000;
  }

  /** The scenarios that these tests explore, by test, in the order of the tests' names. */
  static SortedMap<String, Scenario> of(List<Class<?>> tests) {
    SortedMap<String, Scenario> all = new TreeMap<>();
    for (Class<?> test : tests) {
      for (Method method : test.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Test.class)) {
          instead = scenario -> all.put(name(all, test, method), scenario);
          try {
            Constructor<?> constructor = test.getDeclaredConstructor();
            constructor.setAccessible(true);
            method.setAccessible(true);
            method.invoke(constructor.newInstance());
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("test=" + method + " explores nothing", e);
          } finally {
            instead = null;
          }
        }
      }
    }
    return all;
  }

  private static String name(Map<String, Scenario> known, Class<?> test, Method method) {
    String name = test.getSimpleName() + "#" + method.getName();
    long before = known.keySet().stream().filter(each -> each.startsWith(name)).count();
    return before == 0 ? name : name + " " + (before + 1);
  }

  private static boolean taken(Scenario scenario) {
    Consumer<Scenario> taker = instead;
    if (taker != null) {
      taker.accept(scenario);
    }
    return taker != null;
  }

  private static void told(Explorer.Result result) {
    String test =
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames
                        .filter(frame -> frame.getClassName().endsWith("Test"))
                        .filter(frame -> !frame.getMethodName().equals("explore"))
                        .findFirst()
                        .map(StackWalker.StackFrame::getMethodName)
                        .orElse("?"));
    Explored.note(test + ": " + result);
    Explored.exploration(result.cutOff() > 0);
    assertTrue(result.runs() > 10, "only " + result + ": is there a race at all?");
  }
}
