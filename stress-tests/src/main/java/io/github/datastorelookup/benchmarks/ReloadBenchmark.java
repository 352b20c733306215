package io.github.datastorelookup.benchmarks;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The first lookup after a save that changed one section: it loads the config again. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReloadBenchmark {
  /** A save before each measurement. */
  @State(Scope.Thread)
  public static class Saved {
    private int saves;

    /** Saves. */
    @Setup(Level.Iteration)
    public void save(OpenRegistry open, DrawnNames names) {
      saves++;
      open.registry().update(names.next(), Map.of("comment", "save " + saves), List.of());
    }
  }

  /** Looks up what is most likely another datastore. */
  @Benchmark
  public DatastoreHandle lookup(OpenRegistry open, Saved saved, DrawnNames names) {
    DatastoreHandle handle = open.registry().lookup(names.next(), Operation.READ);
    handle.close();
    return handle;
  }
}
