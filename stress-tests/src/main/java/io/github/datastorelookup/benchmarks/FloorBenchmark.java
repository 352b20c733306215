package io.github.datastorelookup.benchmarks;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.datastorelookup.posix.MappedWord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The least that a counted, cached lookup costs: find the name, read the clock, read the generation
 * twice, add to a shared word and subtract again.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FloorBenchmark {
  /** Words in a file as a ledger has them, found by name. */
  @State(Scope.Benchmark)
  public static class Words {
    private static final int ENTRY = 64;

    /** How many words there are. */
    @Param({"1"})
    public int datastores;

    private final Map<String, MappedWord> byName = new HashMap<>();

    /** Maps them. */
    @Setup
    public void setUp() throws IOException {
      Path file = Files.createTempFile(Tmpfs.root(), "words", ".map");
      ByteBuffer zeros = ByteBuffer.allocate(ENTRY * datastores);
      try (FileChannel channel = FileChannel.open(file, READ, WRITE, DELETE_ON_CLOSE)) {
        int written = channel.write(zeros);
        ByteBuffer mapped = channel.map(MapMode.READ_WRITE, 0, written);
        String[] names = Names.of(datastores);
        for (int i = 0; i < datastores; i++) {
          byName.put(names[i], new MappedWord(mapped, i * ENTRY));
        }
      }
    }

    MappedWord find(String name) {
      MappedWord word = byName.get(name);
      if (word == null) {
        throw new IllegalStateException("no word for name=" + name);
      }
      return word;
    }
  }

  /** Two atomic additions, two volatile reads, one name, one time. */
  @Benchmark
  public long floor(Words words, DrawnNames names, Blackhole blackhole) {
    blackhole.consume(System.nanoTime());
    MappedWord word = words.find(names.next());
    long sum = word.get();
    sum += word.getAndAdd(1);
    sum += word.get();
    return sum + word.getAndAdd(-1);
  }

  /** The time alone, as the part of the floor that depends most on the machine. */
  @Benchmark
  public long time() {
    return System.nanoTime();
  }
}
