package io.github.datastorelookup.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every step of every operation fails once, each time on a machine of its own: each call of a port
 * or of the sync, each message, each callback. A step throws before or after it took effect, as an
 * I/O error, as an exception that no caller expects, or as an Error; or the thread is interrupted
 * there, or hangs until others had their turn. Each time no count, claim, lock, mutex or open file
 * is left behind, other datastores work, and the same operation works at once; except that an Error
 * between {@code CLOSING} and {@code CLOSED} leaves that one datastore {@code CLOSING} (E1).
 */
@Timeout(120)
@Tag("INV-5")
@Tag("INV-6")
@Tag("INV-11")
@Tag("INV-13")
class EachStepTest {
  /** How a step fails. */
  enum Fault {
    IO(false),
    UNEXPECTED(false),
    ERROR(false),
    IO_AFTERWARDS(true),
    UNEXPECTED_AFTERWARDS(true),
    ERROR_AFTERWARDS(true),
    INTERRUPT(false),
    HANG(false);

    /** Calls that change something; a word, the generation and a lock change without fail. */
    private static final Set<String> EFFECTS =
        Set.of(
            "replace",
            "append",
            "create",
            "open",
            "ownerDied",
            "set",
            "put",
            "putIfAbsent",
            "computeIfAbsent",
            "remove",
            "runDetached",
            "whenUnreachable",
            "scheduleWithFixedDelay");

    private final boolean afterwards;

    Fault(boolean afterwards) {
      this.afterwards = afterwards;
    }

    /** Fails this way; {@code hang} returns when others had their turn. */
    void raise(String what, Runnable hang) throws IOException {
      switch (this) {
        case IO, IO_AFTERWARDS -> throw new IOException("injected: " + what);
        case UNEXPECTED, UNEXPECTED_AFTERWARDS ->
            throw new IllegalStateException("injected: " + what);
        case ERROR, ERROR_AFTERWARDS -> throw new OutOfMemoryError("injected: " + what);
        case INTERRUPT -> Thread.currentThread().interrupt();
        case HANG -> hang.run();
      }
    }

    boolean isError() {
      return this == ERROR || this == ERROR_AFTERWARDS;
    }

    /** Before a call: an exception from closing says that it is done, only an Error does not. */
    boolean canHappenBefore(Method method) {
      return switch (this) {
        case IO -> FaultyPorts.throwsIo(method) && !closes(method);
        case UNEXPECTED -> !closes(method);
        case ERROR, INTERRUPT, HANG -> true;
        default -> false;
      };
    }

    boolean canHappenAfter(Method method) {
      boolean changes = closes(method) || EFFECTS.contains(method.getName());
      return afterwards && changes && (this != IO_AFTERWARDS || FaultyPorts.throwsIo(method));
    }

    private static boolean closes(Method method) {
      return method.getName().equals("close");
    }

    boolean canHappenInHostsCode() {
      return this == UNEXPECTED || this == ERROR || this == INTERRUPT || this == HANG;
    }
  }

  /** How often a step of each kind fails beside another thread, and which it is at most. */
  private static final int BESIDE = 6;

  private static final int LAST_STEP_BESIDE = 25;

  /** At how many steps an operation failed in each way. */
  private static final Map<Operations, Map<Fault, Integer>> STEPS = new EnumMap<>(Operations.class);

  private static void ran(Operations operation, Fault fault, int steps) {
    int unused =
        STEPS
            .computeIfAbsent(operation, key -> new EnumMap<>(Fault.class))
            .merge(fault, steps, Integer::sum);
  }

  /** A table of the report. */
  @AfterAll
  static void tell(TestReporter reporter) {
    StringBuilder head = new StringBuilder("| steps that failed |");
    for (Fault fault : Fault.values()) {
      head.append(' ').append(fault).append(" |");
    }
    reporter.publishEntry("note", head.toString());
    reporter.publishEntry("note", "|" + "---|".repeat(Fault.values().length + 1));
    STEPS.forEach(
        (operation, counts) -> {
          StringBuilder row = new StringBuilder("| " + operation + " |");
          for (Fault fault : Fault.values()) {
            row.append(' ')
                .append(counts.containsKey(fault) ? counts.get(fault) : "-")
                .append(" |");
          }
          reporter.publishEntry("note", row.toString());
        });
    STEPS.clear();
  }

  @ParameterizedTest
  @EnumSource
  @Tag("kills:closed-after-an-error")
  @Tag("kills:lost-slot-opened")
  @Tag("kills:claim-kept-after-an-error")
  @Tag("kills:eviction-forgets-before-its-message")
  void operation_anyStepFails_leavesNothing(Operations operation) throws Exception {
    int faults = 0;
    for (Fault fault : EnumSet.complementOf(EnumSet.of(Fault.HANG))) {
      int steps = 0;
      while (new StepRun(operation, steps + 1, fault).fails()) {
        steps++;
      }
      faults += steps;
      ran(operation, fault, steps);
    }
    boolean needsNothing = operation == Operations.DUPLICATE || operation == Operations.DROP;
    assertTrue(faults >= (needsNothing ? 0 : 2), "steps seen: " + faults);
  }

  /** The same while another thread calls the same registry: a sample, as its steps count too. */
  @ParameterizedTest
  @EnumSource
  void operation_aStepFailsBesideAnotherThread_leavesNothing(Operations operation)
      throws Exception {
    Random random = new Random(Long.getLong("seed", 1) ^ operation.name().hashCode());
    int failed = 0;
    for (Fault fault : EnumSet.complementOf(EnumSet.of(Fault.HANG))) {
      for (int i = 0; i < BESIDE; i++) {
        int nth = 1 + random.nextInt(LAST_STEP_BESIDE);
        failed += new StepRun(operation, nth, fault).fails(new Random(random.nextLong())) ? 1 : 0;
      }
    }
    assertTrue(failed >= BESIDE, "steps that failed: " + failed);
  }

  /** Others get what they ask for, or a typed refusal if the hanging step holds what they need. */
  @ParameterizedTest
  @EnumSource
  @Tag("kills:config-lock-held-while-opening")
  void operation_anyStepHangs_delaysNobodyForLong(Operations operation) throws Exception {
    int hung = 0;
    for (int nth = 1; new StepRun(operation, nth, Fault.HANG).hangs(); nth++) {
      hung++;
    }
    boolean needsNothing = operation == Operations.DUPLICATE || operation == Operations.DROP;
    assertTrue(hung > 0 || needsNothing, "no step seen");
    ran(operation, Fault.HANG, hung);
  }

  /** What is done while a step fails. */
  enum Operations {
    COLD_LOOKUP,
    WARM_LOOKUP,
    WATCHED_LOOKUP,
    LOOK,
    LOOKUP_OF_A_CHANGED_SECTION,
    LOOKUP_AT_ANOTHER_PATH,
    LOOKUP_OF_ANOTHERS_FILES,
    DUPLICATE,
    WATCHED_DUPLICATE,
    ATTRIBUTES,
    DROP,
    LAST_DROP,
    WATCHED_LAST_DROP,
    UPDATE,
    CREATE,
    SET_MAINTENANCE,
    CLEAR_MAINTENANCE,
    DESTROY,
    RUN_MAINTENANCE,
    TIMED_OUT_MAINTENANCE,
    MOVE,
    COUNT_ALL,
    CONFIG,
    REFRESH,
    REFRESH_AFTER_A_MANUAL_EDIT,
    CLOSE_REGISTRY,
    CLOSE_AFTER_THE_REGISTRY,
    OPEN_REGISTRY;

    boolean watched() {
      return this == WATCHED_LOOKUP || this == WATCHED_DUPLICATE || this == WATCHED_LAST_DROP;
    }

    boolean closesTheRegistry() {
      return this == CLOSE_REGISTRY || this == CLOSE_AFTER_THE_REGISTRY;
    }
  }
}
