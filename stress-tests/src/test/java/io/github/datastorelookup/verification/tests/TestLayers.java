package io.github.datastorelookup.verification.tests;

import io.github.datastorelookup.verification.Progress;
import io.github.datastorelookup.verification.RunSettings;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Layers of {@link LayerFixtures}. */
public final class TestLayers {
  private TestLayers() {}

  /** Checks in every form, and properties; all of them hold. */
  public static TestLayer ofFixtures(RunSettings settings) {
    List<CheckClass> classes =
        Stream.of(
                LayerFixtures.EveryForm.class,
                LayerFixtures.EveryForm.Inside.class,
                LayerFixtures.Properties.class,
                LayerFixtures.Properties.Inside.class)
            .map(TestLayers::checks)
            .toList();
    return new TestLayer(TestLayerKind.UNIT, classes, settings);
  }

  /** That nobody sees. */
  public static Progress progress() {
    return new Progress(
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), "fixture");
  }

  static CheckClass checks(Class<?> type) {
    CheckClass found = CheckScan.of("impl", type);
    if (found == null) {
      throw new IllegalStateException("class=" + type + " has no checks");
    }
    return found;
  }
}
