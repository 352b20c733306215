package io.github.datastorelookup.verification;

import io.github.datastorelookup.verification.races.RaceGrade;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Merges the results of the shards of one run: every check once, none lost. */
final class Merge {
  private final List<RunResults> shards;
  private final RunResults first;

  private Merge(Collection<RunResults> shards) {
    this.shards =
        shards.stream().sorted(Comparator.comparing(each -> each.shard().index())).toList();
    this.first = this.shards.get(0);
  }

  /**
   * The results that one run of everything would have.
   *
   * @throws MergeException when these are not all the shards of one run, each once
   */
  static RunResults join(Collection<RunResults> shards) throws MergeException {
    if (shards.isEmpty()) {
      throw new MergeException("there is no shard");
    }
    return new Merge(shards).joined();
  }

  private RunResults joined() throws MergeException {
    requireSame("count", each -> each.shard().count());
    requireSame("budget", RunResults::budget);
    requireSame("seed", RunResults::seed);
    requireSame("commit", each -> each.environment().commit());
    requireSame("layers", each -> each.layers().stream().map(LayerResult::name).toList());
    requireAllShards();
    List<LayerPlan> plans = new ArrayList<>();
    List<LayerResult> layers = new ArrayList<>();
    for (int i = 0; i < first.layers().size(); i++) {
      int at = i;
      LayerResult layer =
          LayerResult.join(shards.stream().map(each -> each.layers().get(at)).toList());
      layers.add(layer);
      if (layer.failures().isEmpty()) { // one that failed may have no plan at all
        plans.add(plan(layer.name()));
      }
    }
    return new RunResults(
        Shard.WHOLE,
        first.budget(),
        first.seed(),
        environment(),
        shards.stream().mapToDouble(RunResults::seconds).sum(),
        plans,
        layers,
        shards.stream()
            .flatMap(each -> each.mutants().stream())
            .sorted(Comparator.comparing(each -> each.mutant().id()))
            .toList(),
        races(shards.stream().map(RunResults::races).toList()),
        first.namedInvariants());
  }

  private void requireSame(String what, Function<RunResults, Object> value) throws MergeException {
    for (RunResults each : shards) {
      if (!value.apply(each).equals(value.apply(first))) {
        throw new MergeException(
            String.format(
                Locale.ROOT,
                "shard=%s %s=%s, but shard=%s %s=%s: these are not of one run",
                each.shard(),
                what,
                value.apply(each),
                first.shard(),
                what,
                value.apply(first)));
      }
    }
  }

  private void requireAllShards() throws MergeException {
    int count = first.shard().count();
    for (int i = 1; i <= count; i++) {
      int index = i;
      long found = shards.stream().filter(each -> each.shard().index() == index).count();
      if (found != 1) {
        throw new MergeException(
            "shard="
                + i
                + "/"
                + count
                + (found == 0 ? " is missing" : " is there " + found + " times"));
      }
    }
  }

  private LayerPlan plan(String layer) throws MergeException {
    NavigableSet<String> all = planOf(first, layer).all();
    NavigableSet<String> lost = new TreeSet<>(all);
    for (RunResults each : shards) {
      LayerPlan plan = planOf(each, layer);
      if (!plan.all().equals(all)) {
        throw new MergeException(
            String.format(
                Locale.ROOT,
                "shard=%s layer=%s has other checks than shard=%s: %s",
                each.shard(),
                layer,
                first.shard(),
                difference(plan.all(), all)));
      }
      for (String check : plan.share()) {
        if (!lost.remove(check)) {
          throw new MergeException(
              String.format(
                  Locale.ROOT,
                  "shard=%s layer=%s ran %s, which another one ran too",
                  each.shard(),
                  layer,
                  check));
        }
      }
    }
    if (!lost.isEmpty()) {
      throw new MergeException("layer=" + layer + " no shard ran " + lost);
    }
    return new LayerPlan(layer, all, all);
  }

  private static LayerPlan planOf(RunResults shard, String layer) throws MergeException {
    for (LayerPlan each : shard.plans()) {
      if (each.layer().equals(layer)) {
        return each;
      }
    }
    throw new MergeException("shard=" + shard.shard() + " layer=" + layer + " has no plan");
  }

  private static NavigableSet<String> difference(
      NavigableSet<String> some, NavigableSet<String> others) {
    NavigableSet<String> difference = new TreeSet<>(some);
    difference.addAll(others);
    difference.removeIf(each -> some.contains(each) && others.contains(each));
    return difference;
  }

  private Environment environment() {
    return new Environment(
        distinct(Environment::cpu),
        shards.stream().mapToInt(each -> each.environment().cores()).min().orElse(0),
        distinct(Environment::jdk),
        distinct(Environment::os),
        first.environment().commit(),
        first.environment().started());
  }

  private String distinct(Function<Environment, String> what) {
    return shards.stream()
        .map(each -> what.apply(each.environment()))
        .distinct()
        .collect(Collectors.joining("; "));
  }

  /** The grades of all, by where the words were. */
  static Map<String, List<RaceGrade>> races(List<Map<String, List<RaceGrade>>> parts) {
    NavigableMap<String, List<RaceGrade>> races = new TreeMap<>();
    for (Map<String, List<RaceGrade>> part : parts) {
      part.forEach(
          (words, grades) -> races.computeIfAbsent(words, key -> new ArrayList<>()).addAll(grades));
    }
    races.values().forEach(grades -> grades.sort(Comparator.comparing(RaceGrade::name)));
    return races;
  }
}
