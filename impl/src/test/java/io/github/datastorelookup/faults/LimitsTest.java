package io.github.datastorelookup.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.memory.MemoryHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times to live, clocks, generations and names at their limits. */
@Timeout(60)
class LimitsTest {
  static Stream<Arguments> limits() {
    List<Arguments> all = new ArrayList<>();
    for (Duration ttl :
        List.of(
            Duration.ofNanos(1),
            Duration.ofNanos(Long.MAX_VALUE),
            Duration.ofSeconds(Long.MAX_VALUE))) {
      for (long clock : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
        for (long generation : new long[] {0, Long.MAX_VALUE - 2, -3}) {
          all.add(Arguments.of(ttl, clock, generation));
        }
      }
    }
    return all.stream();
  }

  @Tag("INV-1")
  @Tag("INV-2")
  @ParameterizedTest
  @MethodSource("limits")
  @Tag("kills:age-against-a-deadline")
  @Tag("kills:newer-by-a-larger-generation")
  void cache_atAnyLimit_isUsedForExactlyTheTtl(Duration ttl, long clock, long generation) {
    AtomicLong now = new AtomicLong(clock);
    AtomicLong first = new AtomicLong(generation);
    MemoryHost host =
        new MemoryHost(value -> new HeapWord(value == 0 ? first.getAndSet(0) : value), now::get);
    try (DatastoreRegistry one = open(host, ttl);
        DatastoreRegistry two = open(host, ttl)) {
      one.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
      assertEquals("null", comment(two));
      one.update("store1", Map.of("comment", "saved"), List.of());
      assertEquals("saved", comment(two), "INV-1");
      host.writeConfig("datastore: store1\n\tcomment manual\n\tpath /mnt/store1\n".getBytes(UTF_8));
      assertEquals("saved", comment(two), "as long as the clock stands");
      now.addAndGet(ttl.compareTo(Duration.ofDays(1)) > 0 ? Long.MAX_VALUE : ttl.toNanos());
      assertEquals("manual", comment(two), "INV-2");
    }
  }

  private static DatastoreRegistry open(MemoryHost host, Duration ttl) {
    return DatastoreRegistry.builder(host.start(new JvmSync()).ports())
        .ttl(ttl)
        .withoutWatcher()
        .open();
  }

  private static String comment(DatastoreRegistry registry) {
    try (DatastoreHandle handle = registry.lookup("store1", Operation.READ)) {
      return String.valueOf(handle.section().property("comment"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "_.-", "a2345678901234567890123456789012"})
  void name_atALimit_isOne(String name) {
    try (DatastoreRegistry registry = open(new MemoryHost(), Duration.ofNanos(1))) {
      registry.create(DatastoreSection.of(name, Map.of("path", "/mnt/any")));
      registry.lookup(name, Operation.WRITE).close();
      assertEquals(0, registry.activeOperations(name).writes());
    }
  }
}
