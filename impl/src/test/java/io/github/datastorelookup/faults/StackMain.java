package io.github.datastorelookup.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.posix.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What {@link ExhaustionTest} runs in a JVM of its own. */
final class StackMain {
  private static final long STACK_BYTES = 400 * 1024;

  /** What nothing may call before there is room for all of it (E1). */
  private static final Set<String> EFFECTS = Set.of("tryLock", "replace");

  private final Home home;
  private final DatastoreRegistry registry;

  /** A field: to assign it needs no stack. */
  private @Nullable DatastoreHandle made;

  /** By how many frames each try begins higher up; the first calls of all leave out none. */
  private int step = 1;

  private int reached;
  private int overflows;
  private int effects;
  private int edits;

  private StackMain(Path directory) throws IOException {
    home = new Home(directory);
    FaultyPorts ports = new FaultyPorts();
    ports.before(method -> effects += EFFECTS.contains(method.getName()) ? 1 : 0);
    registry =
        Home.builder(watched(ports, home.ports()))
            .withoutWatcher() // it would load what the first call has to load
            .ttl(Duration.ofHours(1))
            .lockTimeout(Duration.ofSeconds(5))
            .open();
  }

  /** What a warm lookup calls stays as it is: a proxy takes more stack than the lookup. */
  private static Ports watched(FaultyPorts proxies, Ports real) {
    Ports ports = proxies.wrap(real);
    return new Ports(
        ports.configFile(),
        ports.locks(),
        real.generations(),
        real.ledgers(),
        real.ticker(),
        real.mounts(),
        real.chunkStores(),
        real.sync());
  }

  /** Tries all in a directory. */
  public static void main(String[] arguments) throws Exception {
    AtomicReference<Throwable> failed = new AtomicReference<>();
    StackMain stack = new StackMain(Path.of(arguments[0]));
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                stack.tryAll();
              } catch (Throwable e) {
                failed.set(e);
              }
            },
            "deep",
            STACK_BYTES);
    thread.start();
    thread.join();
    if (failed.get() != null) {
      throw new AssertionError(failed.get());
    }
    stack.registry.close();
    assertEquals(List.of(), stack.home.ledgers());
    System.out.println("end");
  }

  private void tryAll() throws IOException {
    atEachDepth(() -> registry.update("store1", Map.of("comment", "new"), List.of()));
    step = 7;
    atEachDepth( // cold, as the config is new each time
        () -> registry.update("store1", Map.of("comment", "v" + edits++), List.of()),
        () -> made = registry.lookup("store1", Operation.WRITE),
        this::closeMade);
    step = 1; // what is warm needs few frames
    atEachDepth(() -> {}, () -> made = registry.lookup("store1", Operation.READ), this::closeMade);
    step = 7;
    atEachDepth(registry::refresh);
    atEachDepth(() -> registry.activeOperations("store1"));
    dropsAndDuplicates();
    try (Child other = Child.start(home.directory())) {
      assertEquals("true", other.ask("lock config"), "this process holds it");
    }
  }

  private void dropsAndDuplicates() {
    atEachDepth(
        () -> made = registry.lookup("store1", Operation.WRITE),
        () -> Objects.requireNonNull(made).close(),
        this::closeMade);
    DatastoreHandle source = registry.lookup("store1", Operation.READ);
    atEachDepth(() -> {}, () -> made = source.duplicate(), this::closeMade);
    source.close();
    expectNothingCounted();
  }

  /** From a frame with room: a handle whose close overflows stays open. */
  private void closeMade() {
    DatastoreHandle handle = made;
    made = null;
    if (handle != null) {
      handle.close();
    }
  }

  private void atEachDepth(Runnable operation) {
    atEachDepth(() -> {}, operation, () -> {});
    expectNothingCounted();
  }

  /** From the deepest call to one that has room for everything. */
  private void atEachDepth(Runnable before, Runnable operation, Runnable after) {
    reached = 0;
    boolean fits = descend(Integer.MAX_VALUE, () -> {});
    assertTrue(!fits, "no overflow in " + reached + " calls");
    int successes = 0;
    for (int depth = reached + 10; depth > 0 && successes < 100; depth -= step) {
      before.run();
      effects = 0;
      boolean done = descend(depth, operation);
      assertTrue(done || effects == 0, () -> "overflowed after an effect: " + overflows);
      after.run();
      successes = done ? successes + 1 : 0;
      overflows += done ? 0 : 1;
    }
    assertTrue(successes == 100, "never enough room: it needs more than " + STACK_BYTES + " bytes");
    before.run();
    operation.run();
    after.run();
  }

  private boolean descend(int depth, Runnable operation) {
    try {
      down(depth, operation);
      return true;
    } catch (StackOverflowError e) {
      return false;
    } catch (DatastoreException e) {
      throw new AssertionError("after " + overflows + " overflows", e);
    }
  }

  private void down(int depth, Runnable operation) {
    reached++;
    if (depth == 0) {
      operation.run();
    } else {
      down(depth - 1, operation);
    }
  }

  private void expectNothingCounted() {
    var all = registry.activeOperations("store1");
    assertEquals(0, all.reads() + all.writes(), () -> "after " + overflows + " overflows");
  }
}
