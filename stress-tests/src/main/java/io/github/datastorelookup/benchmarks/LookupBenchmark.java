package io.github.datastorelookup.benchmarks;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A lookup and the drop of what it granted, on open datastores. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LookupBenchmark {
  /** No lock, no system call. */
  @Benchmark
  public DatastoreHandle warm(OpenRegistry open, DrawnNames names) {
    DatastoreHandle handle = open.registry().lookup(names.next(), Operation.READ);
    handle.close();
    return handle;
  }

  /** The config lock and the slot's mutex, and a look at {@code .lock}. */
  @Benchmark
  public DatastoreHandle slow(OpenRegistry.WithoutWarmPath open, DrawnNames names) {
    DatastoreHandle handle = open.registry().lookup(names.next(), Operation.READ);
    handle.close();
    return handle;
  }
}
