package io.github.datastorelookup.benchmarks;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The usual alternative: a cache whose entries expire, and a counter for each entry.
 *
 * <p>Not safe: another process sees neither the counts nor the edits, and anything may happen
 * between the look at the cache and the count.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CaffeineBenchmark {
  /** A cached datastore. */
  private record Cached(String name, LongAdder operations) {
    Counted count() {
      operations.increment();
      return new Counted(this);
    }
  }

  /** A handle. */
  private record Counted(Cached datastore) implements AutoCloseable {
    @Override
    public void close() {
      datastore.operations.decrement();
    }
  }

  /** The cache. */
  @State(Scope.Benchmark)
  public static class FilledCache {
    /** How many datastores there are. */
    @Param({"1"})
    public int datastores;

    private final LoadingCache<String, Cached> cache =
        Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(1))
            .build(name -> new Cached(name, new LongAdder()));

    /** Fills it. */
    @Setup
    public void setUp() {
      for (String name : Names.of(datastores)) {
        cache.get(name).count().close();
      }
    }
  }

  /** The counterparts of a lookup and a drop. */
  @Benchmark
  public Object lookup(FilledCache filled, DrawnNames names) {
    Counted handle = filled.cache.get(names.next()).count();
    handle.close();
    return handle;
  }
}
