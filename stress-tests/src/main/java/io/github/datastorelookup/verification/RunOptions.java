package io.github.datastorelookup.verification;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.checks.Seed;
import io.github.datastorelookup.verification.mutants.MutantLayer;
import io.github.datastorelookup.verification.races.Cores;
import io.github.datastorelookup.verification.races.RaceLayer;
import io.github.datastorelookup.verification.tests.TestLayerKind;
import java.io.IOException;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the caller chose by system properties. All of it is checked before a run touches anything.
 *
 * @param only the layers to run; all of them if the caller named none
 * @param jobs how many JVMs run at once
 * @param failFast whether the first failure ends the run
 * @param since the commit whose changes say which checks run first; empty for none
 * @param change the change that the run applies to the library, or none
 * @param minutes for how long a campaign runs; 0 for a single run
 * @param keepGoing whether a campaign goes on after a failure
 * @param seeded whether the caller gave the seed
 * @param round which round of a campaign this is; 1 for a single run
 */
record RunOptions(
    List<String> only,
    int jobs,
    boolean failFast,
    String since,
    LibraryChange change,
    int minutes,
    boolean keepGoing,
    boolean seeded,
    int round) {
  private static final int MOST_JOBS = 1024;
  private static final int MOST_MINUTES = 366 * 24 * 60;

  /** Each says alone what a JVM does: it would leave another one out, and not say so. */
  private static final List<String> ALONE = List.of("replay", "merge", "minutes", "shard");

  /** Copies the list. */
  RunOptions {
    only = List.copyOf(only);
  }

  /**
   * The options of this JVM.
   *
   * @throws IllegalArgumentException when one of them has no meaning; the message names it and says
   *     what there is
   */
  static RunOptions ofThisJvm() throws IOException {
    LibraryChange change = LibraryChange.ofThisJvm();
    int jobs = number("jobs", Cores.usable());
    if (jobs < 1 || jobs > MOST_JOBS) {
      throw new IllegalArgumentException("jobs=" + jobs + ", expected 1 to " + MOST_JOBS);
    }
    boolean campaign = !System.getProperty("minutes", "").isEmpty();
    int minutes = number("minutes", 0);
    if (campaign && (minutes < 1 || minutes > MOST_MINUTES)) {
      throw new IllegalArgumentException("minutes=" + minutes + ", expected 1 to " + MOST_MINUTES);
    }
    String partial = System.getProperty("partial", ""); // Maven reads it, after the run
    if (!partial.isEmpty() && !partial.equals("ok")) {
      throw new IllegalArgumentException("partial=" + partial + ", expected ok");
    }
    requireNotBoth(ALONE);
    requireNotBoth(List.of("minutes", "since")); // what is near would be the same in each round
    for (String other : List.of("mutant", "since", "minutes", "shard", "merge")) {
      requireNotBoth(List.of("patch", other));
    }
    if (flag("keepGoing") && !campaign && !change.isPatch()) {
      throw new IllegalArgumentException("keepGoing without minutes or patch, which it is for");
    }
    List<String> layers = layers(System.getProperty("only", ""), change.isNone());
    if (campaign && Campaign.SAME_EACH_TIME.containsAll(layers)) {
      throw new IllegalArgumentException(
          "minutes with only=" + layers + ", which have nothing to do in a second round");
    }
    if (!System.getProperty("race", "").isEmpty() && !layers.contains(RaceLayer.NAME)) {
      throw new IllegalArgumentException(
          "race without the layer " + RaceLayer.NAME + ": " + layers);
    }
    return new RunOptions(
        layers,
        jobs,
        flag("failfast") || (change.isPatch() && !flag("keepGoing")),
        System.getProperty("since", ""),
        change,
        minutes,
        flag("keepGoing"),
        Seed.isGiven(),
        1);
  }

  /** The options of a round of a campaign. */
  RunOptions with(List<String> layers, int number) {
    return new RunOptions(
        layers, jobs, failFast, since, change, minutes, keepGoing, seeded, number);
  }

  /** The options that leave something out, as the caller gave them; empty if none does. */
  String scope() {
    return Stream.of("only", "race", "mutant", "patch")
        .filter(each -> !System.getProperty(each, "").isEmpty())
        .map(each -> "-D" + each + "=" + System.getProperty(each))
        .collect(Collectors.joining(" "));
  }

  /**
   * The layers in their order; for a changed library by default those that can see it, and in smoke
   * those that say something about the library.
   */
  private static List<String> layers(String only, boolean unchanged) {
    NavigableSet<String> unknown =
        new TreeSet<>(Stream.of(only.split(",")).filter(each -> !each.isEmpty()).toList());
    List<String> chosen =
        Layers.NAMES.stream()
            .filter(each -> only.isEmpty() ? isUsual(each, unchanged) : unknown.contains(each))
            .toList();
    Layers.NAMES.forEach(unknown::remove);
    if (!unknown.isEmpty() || chosen.isEmpty()) {
      throw new IllegalArgumentException("only=" + unknown + ", there are " + Layers.NAMES);
    }
    return chosen;
  }

  private static void requireNotBoth(List<String> names) {
    List<String> given =
        names.stream().filter(each -> !System.getProperty(each, "").isEmpty()).toList();
    if (given.size() > 1) {
      throw new IllegalArgumentException(String.join(" and ", given) + " do not go together");
    }
  }

  private static boolean isUsual(String layer, boolean unchanged) {
    return unchanged
        ? Budget.current() != Budget.SMOKE || !layer.equals(TestLayerKind.RUNNER.layerName())
        : seesChanges(layer);
  }

  private static boolean seesChanges(String layer) {
    return !layer.equals(MutantLayer.NAME)
        && !layer.equals(TestLayerKind.RUNNER.layerName())
        && !layer.equals(TestLayerKind.TRACES.layerName()); // a golden file is no verdict
  }

  /** The value of a system property that holds a whole number. */
  static int number(String name, int otherwise) {
    String text = System.getProperty(name, "");
    try {
      return text.isEmpty() ? otherwise : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + "=" + text + ", expected a whole number", e);
    }
  }

  /** The value of a system property that is true or false. */
  static boolean flag(String name) {
    return switch (System.getProperty(name, "false")) {
      case "", "false" -> false;
      case "true" -> true;
      default ->
          throw new IllegalArgumentException(
              name + "=" + System.getProperty(name) + ", expected true or false");
    };
  }
}
