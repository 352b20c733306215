package io.github.datastorelookup.verification;

import io.github.datastorelookup.checks.Budget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Divides the plans of a run into parts, and puts these into the order in which they start. */
final class Parts {
  private final Budget budget;
  private final int jobs;
  private final Nearest nearest;
  private final boolean shortest;

  /**
   * Divides for so many JVMs at once.
   *
   * @param nearest the checks that run first
   * @param shortest whether short layers begin before long ones, as a run that ends at its first
   *     failure wants it, or behind them, so that no long one ends alone
   */
  Parts(Budget budget, int jobs, Nearest nearest, boolean shortest) {
    this.budget = budget;
    this.jobs = jobs;
    this.nearest = nearest;
    this.shortest = shortest;
  }

  /**
   * The parts, each check in exactly one of them: the nearest ones first, the shortest of these
   * before the others, then all others by their length, and at last those that need a quiet
   * machine.
   */
  List<Part> of(List<LayerPlan> plans) throws IOException {
    List<LayerPlan> ordered = new ArrayList<>(plans);
    ordered.sort(
        Comparator.comparing((LayerPlan each) -> Layers.needsQuiet(each.layer()))
            .thenComparing(each -> (shortest ? 1 : -1) * Eta.usual(budget, each.layer())));
    List<Part> parts = new ArrayList<>();
    IdentityHashMap<Part, Double> seconds = new IdentityHashMap<>();
    List<Part> others = new ArrayList<>();
    for (LayerPlan plan : ordered) {
      NavigableSet<String> first = nearest.of(plan.layer(), plan.share());
      NavigableSet<String> rest = new TreeSet<>(plan.share());
      rest.removeAll(first);
      if (!first.isEmpty()) {
        Part part = Part.of(plan, 0, first);
        parts.add(part);
        seconds.put(part, Eta.usual(budget, plan.layer()) * first.size() / plan.share().size());
      }
      int pieces = pieces(plan, ordered);
      for (int i = 1; i <= pieces; i++) {
        NavigableSet<String> piece = pieces == 1 ? rest : new Shard(i, pieces).of(rest);
        if (!piece.isEmpty()) {
          others.add(Part.of(plan, i, piece));
        }
      }
    }
    parts.addAll(others);
    parts.sort(
        Comparator.comparing((Part each) -> Layers.needsQuiet(each.layer()))
            .thenComparing(each -> seconds.getOrDefault(each, Double.MAX_VALUE)));
    return parts;
  }

  /** In how many parts a layer runs: one that takes longer than its share would end alone. */
  private int pieces(LayerPlan plan, List<LayerPlan> all) {
    if (Layers.needsQuiet(plan.layer())) {
      return 1;
    }
    double total =
        all.stream()
            .filter(each -> !Layers.needsQuiet(each.layer()))
            .mapToDouble(each -> Eta.usual(budget, each.layer()))
            .sum();
    return (int) Math.ceil(jobs * Eta.usual(budget, plan.layer()) / total);
  }
}
