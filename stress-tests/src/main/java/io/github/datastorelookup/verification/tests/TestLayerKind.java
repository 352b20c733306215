package io.github.datastorelookup.verification.tests;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which test classes form which layer: by module and tag. */
public enum TestLayerKind {
  /** All tests of the library itself. */
  UNIT("impl", null, "cases"),
  /** Random sequences of commands against the model. */
  PROPERTIES("property-tests", "properties", "sequences"),
  /** Random schedules of simulated processes. */
  SIMULATION("property-tests", "simulation", "schedules"),
  /** All schedules of small programs of simulated processes. */
  EXHAUSTIVE("property-tests", "exhaustive", "schedules"),
  /** The same programs on weak memory, and what order each access needs. */
  WEAK("property-tests", "weak", "schedules"),
  /** Traces of the protocol, replayed by an implementation in another language. */
  TRACES("property-tests", "traces", "cases"),
  /** Interleavings of the in-memory implementation. */
  LINCHECK("stress-tests", "lincheck", "interleavings"),
  /** Real processes on real files. */
  PROCESSES("stress-tests", "processes", "operations"),
  /** The runner's own tests. */
  RUNNER("stress-tests", "runner", "cases");

  private final String module;
  private final @Nullable String tag;
  private final String unit;

  TestLayerKind(String module, @Nullable String tag, String unit) {
    this.module = module;
    this.tag = tag;
    this.unit = unit;
  }

  /** The name, as in the table and as the tag. */
  public String layerName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The unit of what is explored. */
  String unit() {
    return unit;
  }

  /** Whether the cases are test cases, not something that the checks count themselves. */
  boolean countsCases() {
    return unit.equals("cases");
  }

  /**
   * The one layer of this class.
   *
   * @throws IllegalStateException when there is none, or more than one: a class outside of all
   *     layers would silently not run
   */
  public static TestLayerKind of(CheckClass checks) {
    List<TestLayerKind> fitting = new ArrayList<>();
    for (TestLayerKind kind : values()) {
      if (kind.holds(checks)) {
        fitting.add(kind);
      }
    }
    if (fitting.size() != 1) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "class=%s module=%s tags=%s layers=%s: a test class belongs to exactly one layer,"
                  + " by its tag",
              checks.type().getName(),
              checks.module(),
              checks.tags(),
              fitting));
    }
    return fitting.get(0);
  }

  private boolean holds(CheckClass checks) {
    return checks.module().equals(module) && (tag == null || checks.tags().contains(tag));
  }
}
