package io.github.datastorelookup.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.DatastoreException.LockTimeout;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.Locks.LockFile;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Monotonic time that is not monotonic: never a stale grant for longer, never a wait for ever. */
@Timeout(60)
class JumpingClockTest {
  private static final Duration TTL = Duration.ofSeconds(60);

  private final AtomicLong now = new AtomicLong();
  private final MemoryHost host = new MemoryHost(HeapWord::new, now::get);
  private final MemoryProcess process = host.start(new JvmSync());
  private final DatastoreRegistry registry =
      DatastoreRegistry.builder(process.ports()).ttl(TTL).withoutWatcher().open();

  JumpingClockTest() {
    registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
  }

  private String comment() {
    try (DatastoreHandle handle = registry.lookup("store1", Operation.READ)) {
      return String.valueOf(handle.section().property("comment"));
    }
  }

  private void editByHand(String comment) {
    host.writeConfig(
        ("datastore: store1\n\tcomment " + comment + "\n\tpath /mnt/store1\n").getBytes(UTF_8));
  }

  /** The snapshot is from the future then: not trusted. */
  @Tag("INV-2")
  @ParameterizedTest
  @ValueSource(longs = {-1, -60_000_000_000L, Long.MIN_VALUE / 2, 60_000_000_000L, Long.MAX_VALUE})
  @Tag("kills:negative-age-is-young")
  void lookup_afterAJumpOfTheClock_readsTheFileAgain(long jump) {
    assertEquals("null", comment());
    editByHand("by-hand");
    assertEquals("null", comment(), "cached, as the clock stands still");
    now.addAndGet(jump);
    assertEquals("by-hand", comment());
    int reads = process.configReads();
    assertEquals("by-hand", comment());
    assertEquals(reads, process.configReads(), "cached again");
  }

  @Test
  void lookup_whileTheClockOverflows_staysWithinTheTtl() {
    now.set(Long.MAX_VALUE - 5);
    assertEquals("null", comment());
    editByHand("by-hand");
    now.addAndGet(10);
    assertTrue(now.get() < 0);
    assertEquals("null", comment());
    now.addAndGet(TTL.toNanos());
    assertEquals("by-hand", comment());
  }

  /** Backward: the wait is longer, but ends. Forward: it ends at once. */
  @Test
  void waiting_whileTheClockJumps_endsInATimeout() throws Exception {
    LockFile foreign = host.start(new JvmSync()).ports().locks().config();
    assertTrue(foreign.tryLock());
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread waiting = new Thread(() -> thrown.set(assertThrows(LockTimeout.class, this::comment)));
    waiting.start();
    await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    now.addAndGet(-Duration.ofHours(1).toNanos());
    assertTrue(waiting.isAlive());
    now.addAndGet(Duration.ofHours(2).toNanos());
    waiting.join();
    assertInstanceOf(LockTimeout.class, thrown.get());
    foreign.unlock();
    assertEquals("null", comment());
  }
}
