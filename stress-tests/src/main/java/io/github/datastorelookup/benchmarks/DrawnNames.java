package io.github.datastorelookup.benchmarks;

import io.github.datastorelookup.specimens.SpecimenKind;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.ThreadParams;

/** The names that one thread of a benchmark uses. */
@State(Scope.Thread)
public class DrawnNames {
  /** Whether all threads use all datastores, or each its own. */
  @Param({"all"})
  @SuppressWarnings("NullAway.Init") // by JMH
  public String shared;

  @SuppressWarnings("NullAway.Init") // by setUp
  private Names names;

  /** Draws the names. */
  @Setup
  public void setUp(BenchmarkParams benchmark, ThreadParams thread) {
    int datastores = Integer.parseInt(benchmark.getParam("datastores"));
    if (benchmark.getParamsKeys().contains("specimen")) {
      SpecimenKind specimen = SpecimenKind.valueOf(benchmark.getParam("specimen"));
      datastores = SpecimenBenchmark.opened(specimen, datastores);
    }
    boolean own = shared.equals("own");
    names =
        new Names(
            Names.of(datastores),
            own ? thread.getThreadIndex() : 0,
            own ? thread.getThreadCount() : 1);
  }

  /** The next name. */
  String next() {
    return names.next();
  }
}
