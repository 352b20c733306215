package io.github.datastorelookup.simulation;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.oracle.Execution;
import io.github.datastorelookup.oracle.Exploration;
import io.github.datastorelookup.oracle.Scenario;
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
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Looks for the weakest order of each site that breaks nothing. */
final class OrderSearch {
  private static final List<Placement> COMPILERS = List.of(Placement.BEFORE, Placement.AFTER);

  /** Weakened last, in this order: so that what these need does not hide behind other fences. */
  private static final List<String> LAST = List.of("closed", "generation", "word");

  private static final int INTERRUPTIONS = 1;
  private static final int OLD_VALUES = 2;
  private static final int RUNS_FOR_SITES = 100;

  /** How many times fewer runs find what holds together, before all runs check it. */
  private static final int FEWER = 5;

  private final SortedMap<String, Scenario> scenarios;
  private int mostRuns;
  private final Map<String, NavigableSet<Site>> reached = new TreeMap<>();

  /** The scenarios that broke something: they are looked at first. */
  private final Set<String> breaking = new TreeSet<>();

  /** A search in these scenarios; each explores this many runs at most. */
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
                      Explorer.Result unused =
                          Exploration.explore(scenario.on(model), 1, RUNS_FOR_SITES);
                    })));
  }

  /** All sites that some scenario reaches. */
  NavigableSet<Site> sites() {
    NavigableSet<Site> all = new TreeSet<>();
    reached.values().forEach(all::addAll);
    return all;
  }

  /** A scenario that breaks an invariant on this memory. */
  record Break(String invariant, String scenario, MemoryModel memory) {}

  /** What a search found in all scenarios that reach some sites. */
  record Finding(int scenarios, int cutOff, long runs, @Nullable Break broken) {
    boolean holds() {
      return broken == null;
    }
  }

  /** What was found for one site: the weakest orders alone, what was searched, what breaks next. */
  record Row(
      Site site, List<Order> alone, @Nullable Finding held, Order together, @Nullable Break next) {}

  /** Whether this scenario breaks something on this memory: the invariant, or null. */
  @Nullable String look(String scenario, MemoryModel memory) {
    try {
      Explorer.Result unused = explore(scenario, memory);
      return null;
    } catch (InvariantViolation e) {
      return e.invariant();
    }
  }

  private Explorer.Result explore(String name, MemoryModel memory) {
    Scenario scenario = Objects.requireNonNull(scenarios.get(name), name).on(memory);
    return new Explorer(
            schedule -> new Execution(scenario, schedule, new Trace(false)).run(),
            INTERRUPTIONS,
            OLD_VALUES,
            mostRuns,
            null)
        .explore();
  }

  /** The story of a break, as small as can be. */
  String story(Break broken) {
    Scenario scenario = Objects.requireNonNull(scenarios.get(broken.scenario()));
    try {
      Explorer.Result result =
          Exploration.explore(scenario.on(broken.memory()), INTERRUPTIONS, OLD_VALUES, mostRuns);
      throw new IllegalStateException(broken + " breaks nothing: " + result);
    } catch (InvariantViolation e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Runs all scenarios that reach one of the sites that have another order. */
  Finding search(Orders orders) {
    return search(orders, orders.others().keySet());
  }

  /** Ends at the first break, in the order of the scenarios. */
  private Finding search(Orders orders, Set<Site> sites) {
    LongAdder cutOff = new LongAdder();
    LongAdder runs = new LongAdder();
    List<String> names = new ArrayList<>(reached.keySet());
    names.removeIf(name -> reached(name).stream().noneMatch(sites::contains));
    names.sort(Comparator.comparing(name -> !breaking.contains(name)));
    Break broken =
        names.parallelStream()
            .flatMap(name -> search(name, orders, runs, cutOff).stream())
            .findFirst()
            .orElse(null);
    if (broken != null) {
      breaking.add(broken.scenario());
    }
    return new Finding(names.size(), cutOff.intValue(), runs.sum(), broken);
  }

  private NavigableSet<Site> reached(String scenario) {
    return reached.getOrDefault(scenario, new TreeSet<>());
  }

  private Optional<Break> search(String scenario, Orders orders, LongAdder runs, LongAdder cutOff) {
    boolean cut = false;
    for (Placement placement : COMPILERS) {
      MemoryModel memory = new MemoryModel(placement, orders);
      try {
        Explorer.Result result = explore(scenario, memory);
        runs.add(result.runs());
        cut |= result.runs() >= mostRuns;
      } catch (InvariantViolation e) {
        return Optional.of(new Break(e.invariant(), scenario, memory));
      }
    }
    cutOff.add(cut ? 1 : 0);
    return Optional.empty();
  }

  // ---- one site alone

  private record Alone(List<Order> weakest, @Nullable Finding held) {
    Order first() {
      return weakest.get(0);
    }
  }

  /** The weakest orders of this site, all others being as the protocol asks. */
  private Alone alone(Site site) {
    List<Order> weakest = new ArrayList<>();
    Finding held = null;
    for (Order order : weaker(site, needed(site))) {
      if (weakest.stream().noneMatch(order::isStrongerThan)) {
        Finding found = search(Orders.NEEDED.with(site, order));
        if (found.holds()) {
          weakest.add(order);
          held = held == null ? found : held;
        }
      }
    }
    return new Alone(weakest.isEmpty() ? List.of(needed(site)) : weakest, held);
  }

  /** The orders of this site that are weaker than this one, the weakest first. */
  private static List<Order> weaker(Site site, Order than) {
    return site.access().orders().stream().filter(than::isStrongerThan).toList();
  }

  private static Order needed(Site site) {
    return Orders.needed(site.place(), site.access());
  }

  // ---- all sites together

  /**
   * All rows. The orders that hold together: as weak as alone where they can be, else the next
   * stronger one that holds. One set of several: a fence can stand in for another one.
   */
  List<Row> rows() {
    Map<Site, Alone> alone = new TreeMap<>();
    sites().forEach(site -> alone.put(site, alone(site)));
    List<Site> weaker = new ArrayList<>(alone.keySet());
    weaker.removeIf(site -> alone(alone, site).held() == null);
    weaker.sort(
        Comparator.comparing((Site site) -> LAST.indexOf(site.place()))
            .thenComparing(Comparator.naturalOrder()));
    Orders together = together(weaker, alone);
    List<Row> rows = new ArrayList<>();
    for (Site site : alone.keySet()) {
      Alone found = alone(alone, site);
      Order order = together.others().getOrDefault(site, needed(site));
      rows.add(new Row(site, found.weakest(), found.held(), order, next(site, order, together)));
    }
    return rows;
  }

  /** With few runs, then with all of them. */
  private Orders together(List<Site> weaker, Map<Site, Alone> alone) {
    int all = mostRuns;
    mostRuns = all / FEWER;
    Orders most = add(Orders.NEEDED, weaker, alone);
    mostRuns = all;
    List<Site> added = new ArrayList<>(weaker);
    added.retainAll(most.others().keySet());
    Map<Site, Alone> held = new TreeMap<>();
    most.others().forEach((site, order) -> held.put(site, new Alone(List.of(order), null)));
    return add(Orders.NEEDED, added, held);
  }

  private static Alone alone(Map<Site, Alone> all, Site site) {
    return Objects.requireNonNull(all.get(site));
  }

  /** By halves; a site that fails on its own gets the weakest order that holds. */
  private Orders add(Orders holding, List<Site> sites, Map<Site, Alone> alone) {
    Orders more = holding;
    for (Site site : sites) {
      more = more.with(site, alone(alone, site).first());
    }
    if (sites.isEmpty() || search(more, Set.copyOf(sites)).holds()) {
      return more;
    }
    int half = sites.size() / 2;
    if (half > 0) {
      Orders first = add(holding, sites.subList(0, half), alone);
      return add(first, sites.subList(half, sites.size()), alone);
    }
    Site site = sites.get(0);
    for (Order order : weaker(site, needed(site))) {
      Orders stronger = holding.with(site, order);
      if (order != alone(alone, site).first() && search(stronger, Set.of(site)).holds()) {
        return stronger;
      }
    }
    return holding;
  }

  // ---- what breaks

  /** What the strongest weaker order breaks; null if there is none. */
  private @Nullable Break next(Site site, Order order, Orders together) {
    List<Order> weaker = weaker(site, order);
    if (weaker.isEmpty()) {
      return null;
    }
    Order next = weaker.get(weaker.size() - 1);
    Break alone = search(Orders.NEEDED.with(site, next), Set.of(site)).broken();
    if (alone != null) {
      return alone;
    }
    Break broken = search(together.with(site, next), Set.of(site)).broken();
    return broken == null ? null : withFewest(broken, site);
  }

  /** The same break with as few other sites as can be. */
  private Break withFewest(Break broken, Site site) {
    Map<Site, Order> all = broken.memory().orders().others();
    List<Site> others = new ArrayList<>(new TreeSet<>(all.keySet()));
    others.remove(site);
    Break fewest = broken;
    for (int part = others.size(); part > 0; part /= 2) {
      for (int from = 0; from < others.size(); ) {
        List<Site> rest = new ArrayList<>(others);
        rest.subList(from, Math.min(from + part, rest.size())).clear();
        Map<Site, Order> orders = new TreeMap<>(all);
        orders.keySet().removeIf(each -> !each.equals(site) && !rest.contains(each));
        MemoryModel memory = new MemoryModel(broken.memory().placement(), new Orders(orders));
        String invariant = look(broken.scenario(), memory);
        if (invariant == null) {
          from += part;
        } else {
          others = rest;
          fewest = new Break(invariant, broken.scenario(), memory);
        }
      }
    }
    return fewest;
  }
}
