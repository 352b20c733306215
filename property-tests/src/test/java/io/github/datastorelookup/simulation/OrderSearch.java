package io.github.datastorelookup.simulation;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.oracle.Exploration;
import io.github.datastorelookup.oracle.Scenario;
import io.github.datastorelookup.simulation.Explorer.Result;
import io.github.datastorelookup.weak.MemoryModel;
import io.github.datastorelookup.weak.Order;
import io.github.datastorelookup.weak.Orders;
import io.github.datastorelookup.weak.Placement;
import io.github.datastorelookup.weak.Site;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks for the weakest order of each site that breaks nothing. */
final class OrderSearch {
  /** Where a compiler may put a fence. */
  static final List<Placement> COMPILERS = List.of(Placement.BEFORE, Placement.AFTER);

  private static final int INTERRUPTIONS = 1;
  private static final int OLD_VALUES = 2;
  private static final int RUNS_FOR_SITES = 100;

  private final SortedMap<String, Scenario> scenarios;
  private final int mostRuns;
  private final Map<String, NavigableSet<Site>> reached = new TreeMap<>();

  OrderSearch(SortedMap<String, Scenario> scenarios, int mostRuns) {
    this.scenarios = scenarios;
    this.mostRuns = mostRuns;
    scenarios.values().removeIf(scenario -> scenario.victim() != Scenario.NOBODY); // they take long
    scenarios.forEach(
        (name, scenario) ->
            reached.put(
                name,
                MemoryModel.sitesOf(
                    model -> {
                      Result unused = Exploration.explore(scenario.on(model), 1, RUNS_FOR_SITES);
                    })));
  }

  /** All sites that some scenario reaches. */
  NavigableSet<Site> sites() {
    NavigableSet<Site> all = new TreeSet<>();
    reached.values().forEach(all::addAll);
    return all;
  }

  /** What a search in all scenarios that reach these sites found. */
  record Finding(int scenarios, int cutOff, long runs, @Nullable Break broken) {
    boolean holds() {
      return broken == null;
    }
  }

  /** A scenario that breaks an order. */
  record Break(String scenario, Placement placement, InvariantViolation violation) {}

  /** An order that is too weak, with what shows it. */
  record Weaker(Site site, Order order, String invariant, Placement placement, String scenario) {}

  /** Looks for the violation that shows it; null if there is none. */
  @Nullable InvariantViolation look(Weaker weaker) {
    Scenario scenario = Objects.requireNonNull(scenarios.get(weaker.scenario()));
    Orders orders = Orders.NEEDED.with(weaker.site(), weaker.order());
    try {
      Result unused = explore(scenario, new MemoryModel(weaker.placement(), orders), mostRuns);
      return null;
    } catch (InvariantViolation e) {
      return e;
    }
  }

  /** Runs all scenarios that reach one of the sites with another order. */
  Finding search(Orders orders) {
    return search(orders, orders.others().keySet());
  }

  /** Runs all scenarios that reach one of these sites. */
  private Finding search(Orders orders, Set<Site> sites) {
    int searched = 0;
    int cutOff = 0;
    long runs = 0;
    for (Map.Entry<String, Scenario> each : scenarios.entrySet()) {
      if (reached.getOrDefault(each.getKey(), new TreeSet<>()).stream()
          .noneMatch(sites::contains)) {
        continue;
      }
      searched++;
      boolean cut = false;
      for (Placement placement : COMPILERS) {
        MemoryModel model = new MemoryModel(placement, orders);
        try {
          Result result = explore(each.getValue(), model, mostRuns);
          runs += result.runs();
          cut |= result.runs() >= mostRuns;
        } catch (InvariantViolation e) {
          return new Finding(searched, cutOff, runs, new Break(each.getKey(), placement, e));
        }
      }
      cutOff += cut ? 1 : 0;
    }
    return new Finding(searched, cutOff, runs, null);
  }

  static Result explore(Scenario scenario, MemoryModel model, int mostRuns) {
    return Exploration.explore(scenario.on(model), INTERRUPTIONS, OLD_VALUES, mostRuns);
  }

  /**
   * What was found for one site.
   *
   * @param weakest the weakest orders that hold; two if neither is weaker than the other
   * @param held of the first of them; null if only the order of the protocol is left
   * @param next what breaks the next weaker order; null if there is none
   */
  record Row(
      Site site,
      List<Order> weakest,
      @Nullable Finding held,
      @Nullable Order nextWeaker,
      @Nullable Break next) {}

  /** The weakest orders of this site, all others being as needed. */
  Row weakest(Site site) {
    Order needed = Orders.needed(site.place(), site.access());
    List<Order> held = new ArrayList<>();
    Finding first = null;
    Order weaker = null;
    Break next = null;
    for (Order order : site.access().orders()) {
      if (!needed.isStrongerThan(order) || held.stream().anyMatch(order::isStrongerThan)) {
        continue;
      }
      Finding found = search(Orders.NEEDED.with(site, order));
      if (found.holds()) {
        held.add(order);
        first = first == null ? found : first;
      } else {
        weaker = order;
        next = found.broken();
      }
    }
    return new Row(site, held.isEmpty() ? List.of(needed) : held, first, weaker, next);
  }

  /** Orders that hold together: one site after the other, those that form handshakes last. */
  Orders together(List<Row> rows) {
    List<Row> ordered = new ArrayList<>(rows);
    ordered.sort(Comparator.comparing(row -> neededBy(row.site()) == Order.SEQ_CST));
    Orders together = Orders.NEEDED;
    for (Row row : ordered) {
      Order weaker = row.weakest().get(0);
      Orders more = together.with(row.site(), weaker);
      if (weaker != neededBy(row.site()) && search(more, Set.of(row.site())).holds()) {
        together = more;
      }
    }
    return together;
  }

  private static Order neededBy(Site site) {
    return Orders.needed(site.place(), site.access());
  }
}
