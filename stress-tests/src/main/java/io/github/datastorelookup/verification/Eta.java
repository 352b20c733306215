package io.github.datastorelookup.verification;

import io.github.datastorelookup.checks.Budget;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Estimates the rest of a run from what each layer usually takes and how this run compares.
 *
 * <p>A guess: checks of one layer differ in length, and so do machines. Not thread-safe.
 */
final class Eta {
  /** What a layer usually takes, in seconds on two cores. */
  private record Usual(String layer, int smoke, int byDefault) {}

  private static final List<Usual> USUAL =
      List.of(
          new Usual("unit", 95, 400),
          new Usual("properties", 7, 45),
          new Usual("simulation", 25, 165),
          new Usual("exhaustive", 75, 830),
          new Usual("weak", 25, 300),
          new Usual("traces", 20, 60),
          new Usual("lincheck", 47, 120),
          new Usual("processes", 18, 76),
          new Usual("runner", 93, 170),
          new Usual("jcstress", 90, 400),
          new Usual("mutants", 35, 450));

  private static final int UNKNOWN = 20;

  /** Seconds at the usual speed that are assumed before any layer ended. */
  private static final double PRIOR = 20;

  private final Map<String, Double> open = new LinkedHashMap<>();
  private double usual = PRIOR;
  private double taken = PRIOR;

  /** Estimates a part, at most 1, of each of these layers. */
  Eta(Budget budget, double part, Collection<String> layers) {
    layers.forEach(each -> open.put(each, part * usual(budget, each)));
  }

  /** Estimates layers that usually take these seconds. */
  Eta(Map<String, Double> layers) {
    open.putAll(layers);
  }

  /** What a layer usually takes, in seconds on one of two cores. */
  static double usual(Budget budget, String layer) {
    for (Usual each : USUAL) {
      if (each.layer().equals(layer)) {
        return switch (budget) {
          case SMOKE -> each.smoke();
          case DEFAULT -> each.byDefault();
          case TOUGH -> 8.0 * each.byDefault();
        };
      }
    }
    return UNKNOWN;
  }

  /** Records how long a layer took. */
  void ended(String layer, double seconds) {
    Double expected = open.remove(layer);
    if (expected != null) {
      usual += expected;
      taken += seconds;
    }
  }

  /** Seconds that the layers still take that did not end, one after the other. */
  double left() {
    return open.values().stream().mapToDouble(Double::doubleValue).sum() * taken / usual;
  }

  /** Seconds until the end of the run, given how far this layer is. */
  double left(String layer, double elapsed, int done, int planned) {
    double speed = taken / usual;
    double expected = open.getOrDefault(layer, 0.0) * speed;
    double own = Math.max(0, expected - elapsed);
    if (done > 0 && planned > 0) {
      double part = Math.min(1, 1.0 * done / planned);
      own = part * (elapsed / part - elapsed) + (1 - part) * own;
    }
    return left() - expected + own;
  }

  /** Rounds coarsely, as the estimate is a guess. */
  static String text(double seconds) {
    if (seconds < 10) {
      return "a few seconds left";
    }
    return seconds < 100
        ? "about " + Math.round(seconds / 10) * 10 + " s left"
        : "about " + Math.round(seconds / 60) + " min left";
  }
}
