package io.github.datastorelookup.verification;

import io.github.datastorelookup.verification.mutants.Mutant.CheckName;
import io.github.datastorelookup.verification.mutants.MutantLayer;
import io.github.datastorelookup.verification.races.RaceLayer;
import io.github.datastorelookup.verification.tests.TestLayer;
import io.github.datastorelookup.verification.tests.TestLayerKind;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All layers by name, in the order of the table. */
final class Layers {
  static final List<String> NAMES =
      Stream.concat(
              Stream.of(TestLayerKind.values()).map(TestLayerKind::layerName),
              Stream.of(RaceLayer.NAME, MutantLayer.NAME))
          .toList();

  private Layers() {}

  /**
   * The layer of this name.
   *
   * @param run the layers of this run: a mutant relies on their checks to hold on the library as it
   *     is, which {@link KillersHeld} confirms at the end
   */
  static Layer of(String name, RunSettings settings, Checks checks, Collection<String> run) {
    if (name.equals(RaceLayer.NAME)) {
      return new RaceLayer(settings);
    } else if (name.equals(MutantLayer.NAME)) {
      Predicate<CheckName> relied = check -> run.contains(check.layer());
      return new MutantLayer(settings, checks, relied);
    }
    for (TestLayerKind kind : TestLayerKind.values()) {
      if (kind.layerName().equals(name)) {
        return new TestLayer(kind, checks.of(kind), settings);
      }
    }
    throw new IllegalArgumentException("layer=" + name + ", there are " + NAMES);
  }

  /** Whether it needs all cores of the machine: actors of a race have to run at the same time. */
  static boolean needsQuiet(String name) {
    return name.equals(RaceLayer.NAME);
  }
}
