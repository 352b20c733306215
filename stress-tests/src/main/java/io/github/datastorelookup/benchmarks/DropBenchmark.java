package io.github.datastorelookup.benchmarks;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Drops alone: the setup acquires many handles at a time. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DropBenchmark {
  private static final int HANDLES = 4096;

  /** The handles to drop. */
  @State(Scope.Thread)
  public static class Granted {
    private final DatastoreHandle[] handles = new DatastoreHandle[HANDLES];

    /** Acquires the handles. */
    @Setup(Level.Invocation)
    public void grant(OpenRegistry open, DrawnNames names) {
      for (int i = 0; i < HANDLES; i++) {
        handles[i] = open.registry().lookup(names.next(), Operation.READ);
      }
    }
  }

  /** Drops all handles. */
  @Benchmark
  @OperationsPerInvocation(HANDLES)
  public void drop(Granted granted) {
    for (DatastoreHandle handle : granted.handles) {
      handle.close();
    }
  }
}
