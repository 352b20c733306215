package io.github.datastorelookup.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.simulation.Explorer.Result;
import io.github.datastorelookup.simulation.Schedule.Decision;
import io.github.datastorelookup.simulation.Toys.Toy;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.jspecify.annotations.Nullable;

/** What is not explored again would have led to nothing new. */
@Tag("simulation")
class ExplorerProperties {
  private static final AtomicLong UNIQUE = new AtomicLong();

  /** What came of all schedules, with this number of interruptions, and with other states. */
  private static Set<String> outcomes(
      List<List<Toy>> threads, int interruptions, UnaryOperator<Decision> view) {
    return outcomes(threads, interruptions, view, null);
  }

  private static Set<String> outcomes(
      List<List<Toy>> threads,
      int interruptions,
      UnaryOperator<Decision> view,
      @Nullable Random order) {
    Set<String> outcomes = new TreeSet<>();
    Explorer explorer =
        new Explorer(
            schedule -> {
              Toys toys = new Toys(decision -> schedule.choose(view.apply(decision)));
              toys.run(threads).ifPresent(outcomes::add);
            },
            interruptions,
            Integer.MAX_VALUE,
            order);
    Result result = explorer.explore();
    assertTrue(result.runs() > 0);
    return outcomes;
  }

  /** The same decision, in a state that a test makes up. */
  private record Seen(Decision decision, long state) implements Decision {
    @Override
    public int current() {
      return decision.current();
    }

    @Override
    public List<Integer> choices() {
      return decision.choices();
    }

    @Override
    public boolean kills(int choice) {
      return decision.kills(choice);
    }
  }

  @Property(tries = 60)
  void statesThatWereSeen_leadToNothingNew(@ForAll("programs") List<List<Toy>> threads) {
    for (int interruptions : List.of(1, Explorer.ALL)) {
      Set<String> all =
          outcomes(threads, interruptions, each -> new Seen(each, UNIQUE.incrementAndGet()));
      assertEquals(all, outcomes(threads, interruptions, each -> each));
    }
  }

  @Property(tries = 60)
  void anyOrder_leadsToTheSame(@ForAll("programs") List<List<Toy>> threads, @ForAll Random order) {
    for (int interruptions : List.of(1, Explorer.ALL)) {
      assertEquals(
          outcomes(threads, interruptions, each -> each),
          outcomes(threads, interruptions, each -> each, order));
    }
  }

  @Provide
  Arbitrary<List<List<Toy>>> programs() {
    return Arbitraries.of(Toy.class).list().ofMinSize(1).ofMaxSize(3).list().ofSize(2);
  }

  /** Had a state no history of what threads have seen, something would be missed. */
  @Example
  void statesWithoutHistories_missOutcomes() {
    List<List<Toy>> threads =
        List.of(List.of(Toy.READ_WORD, Toy.READ_WORD), List.of(Toy.ADD_ONE, Toy.TAKE_ONE));
    Set<String> all = outcomes(threads, Explorer.ALL, each -> each);
    Set<String> some =
        outcomes(
            threads,
            Explorer.ALL,
            each -> new Seen(each, Toys.word() * 10 + each.choices().size()));
    assertNotEquals(all, some);
    assertTrue(all.containsAll(some));
  }

  /** Each step of one against each of the other: both orders of the two writes. */
  @Example
  void twoWrites_haveTwoOrders() {
    List<List<Toy>> threads = List.of(List.of(Toy.WRITE_CELL), List.of(Toy.READ_CELL));
    assertEquals(2, outcomes(threads, Explorer.ALL, each -> each).size());
    assertEquals(2, outcomes(threads, 0, each -> each).size());
  }
}
