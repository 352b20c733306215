package io.github.datastorelookup.lincheck;

import io.github.datastorelookup.checks.InvariantViolation;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;

/**
 * A race of jcstress, as Lincheck runs it: the same actors, the same arbiter, the same table of
 * outcomes. There is no second copy of any race.
 *
 * <p>All reflection on it is done before Lincheck starts: proxies of annotations, for one, do not
 * survive that the heap is put back after each run.
 */
final class JcstressRace {
  private final String invariant;
  private final Outcomes outcomes;
  private final Constructor<?> state;
  private final Constructor<?> result;
  private final List<RaceMethod> actors;
  private final @Nullable RaceMethod arbiter;

  /**
   * A race.
   *
   * @param race the class with the actors: a race, or a wrong version that is nested in one
   * @param invariant what is broken if an outcome is forbidden
   */
  JcstressRace(Class<?> race, String invariant) {
    Class<?> right = race.getEnclosingClass();
    this.invariant = invariant;
    this.outcomes = Outcomes.of(right == null ? race : right);
    this.actors = calls(race, Actor.class);
    this.arbiter = calls(race, Arbiter.class).stream().findFirst().orElse(null);
    try {
      this.state = race.getConstructor();
      this.result = resultType().getConstructor();
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException("no race of jcstress: " + race, e);
    }
  }

  private static List<RaceMethod> calls(Class<?> race, Class<? extends Annotation> kind) {
    return Arrays.stream(race.getMethods())
        .filter(method -> method.isAnnotationPresent(kind))
        .sorted(Comparator.comparing(Method::getName))
        .map(RaceMethod::of)
        .toList();
  }

  private Class<?> resultType() {
    return Stream.concat(actors.stream(), Stream.ofNullable(arbiter))
        .flatMap(call -> Arrays.stream(call.method().getParameterTypes()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("a race without a result"));
  }

  /** How many threads it needs. */
  int threads() {
    return actors.size();
  }

  /** Everything anew, for one run. */
  Sample sample() {
    try {
      return new Sample(this, state.newInstance(), result.newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the race cannot be set up: " + state, e);
    }
  }

  /**
   * Runs it once, one actor after the other: classes that are first needed under Lincheck break.
   */
  void rehearse() {
    Sample sample = sample();
    try {
      for (int i = 0; i < actors.size(); i++) {
        sample.act(i);
      }
      sample.judge();
    } catch (InvariantViolation e) { // told when Lincheck finds it, with the order
    } catch (Throwable e) {
      throw new AssertionError("one after the other, " + state + " fails", e);
    }
  }

  /** One run. */
  static final class Sample {
    private final JcstressRace race;
    private final Object state;
    private final Object result;
    private final String[] ends;

    private Sample(JcstressRace race, Object state, Object result) {
      this.race = race;
      this.state = state;
      this.result = result;
      this.ends = new String[race.actors.size()];
      Arrays.fill(ends, "did not begin");
    }

    /** Runs one of the actors. */
    void act(int number) throws Throwable {
      ends[number] = "threw";
      race.actors.get(number).on(state, result);
      ends[number] = "";
    }

    /** After all: nobody else is at work any more, so that nothing of it is a step. */
    void judge() throws Throwable {
      judgedAlone();
    }

    /** That an actor throws is a result like any other to Lincheck, but not here. */
    private void judgedAlone() throws Throwable {
      for (int i = 0; i < ends.length; i++) {
        if (!ends[i].isEmpty()) {
          throw new AssertionError(race.actors.get(i).method() + " " + ends[i]);
        }
      }
      if (race.arbiter != null) {
        race.arbiter.on(state, result);
      }
      String wrong = race.outcomes.wrong(result);
      if (wrong != null) {
        throw new InvariantViolation(race.invariant, wrong);
      }
    }
  }
}
