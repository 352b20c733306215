package io.github.datastorelookup.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.MemoryFiles;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.Locks;
import io.github.datastorelookup.port.OperationWord;
import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every call of a port that an operation makes fails once: as I/O errors, as exceptions that nobody
 * expects, and as Errors. Each time no count, claim, lock, mutex or open file is left behind.
 */
@Timeout(60)
class EachPortCallTest {
  /** How a call fails. */
  enum Fault {
    IO,
    UNEXPECTED,
    ERROR;

    void raise(Method method) throws IOException {
      switch (this) {
        case IO -> throw new IOException("injected: " + method.getName());
        case UNEXPECTED -> throw new IllegalStateException("injected: " + method.getName());
        case ERROR -> throw new OutOfMemoryError("injected: " + method.getName());
      }
    }

    boolean canHappenIn(Method method) {
      return this != IO || FaultyPorts.throwsIo(method);
    }
  }

  @ParameterizedTest
  @EnumSource
  void operation_anyPortCallFails_leavesNothing(Step step) throws Exception {
    int faults = 0;
    for (Fault fault : Fault.values()) {
      for (int nth = 1; new Run(step, nth, fault).fails(); nth++) {
        faults++;
      }
    }
    assertTrue(faults >= 2, "calls seen: " + faults);
  }

  /** What is done while a call fails. */
  enum Step {
    COLD_LOOKUP,
    WARM_LOOKUP,
    LOOKUP_OF_A_CHANGED_SECTION,
    LOOKUP_AT_ANOTHER_PATH,
    LOOKUP_OF_ANOTHERS_FILES,
    LAST_DROP,
    UPDATE,
    CREATE,
    SET_MAINTENANCE,
    DESTROY,
    RUN_MAINTENANCE,
    COUNT_ALL,
    REFRESH;
  }

  /** One machine, one operation, one fault. */
  private static final class Run {
    private static final String OTHER_NAME = "datastore: other\n\tpath /mnt/store1\n";

    private final Step step;
    private final int nth;
    private final Fault fault;
    private final MemoryHost host = new MemoryHost();
    private final MemoryProcess process = host.start(new JvmSync());
    private final FaultyPorts ports = new FaultyPorts();
    private final List<DatastoreHandle> handles = new ArrayList<>();
    private final DatastoreRegistry registry = open();
    private int calls;
    private @Nullable String failed;

    Run(Step step, int nth, Fault fault) {
      this.step = step;
      this.nth = nth;
      this.fault = fault;
    }

    private DatastoreRegistry open() {
      return DatastoreRegistry.builder(ports.wrap(process.ports()))
          .ttl(Duration.ofHours(1))
          .lockTimeout(Duration.ofSeconds(1))
          .withoutWatcher()
          .open();
    }

    /** Whether there was an nth call. */
    boolean fails() throws Exception {
      registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
      prepare();
      ports.before(this::perhapsFail);
      Throwable thrown = null;
      try {
        act();
      } catch (RuntimeException | Error e) {
        thrown = e;
      }
      ports.heal();
      if (thrown != null) {
        checkThrown(thrown);
      }
      try {
        // In another thread: to this one a mutex that it forgot to give back looks free.
        CompletableFuture.runAsync(this::expectNothingLeft).get(30, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw new AssertionError(step + " " + fault + " in call " + nth + ": " + failed, e);
      }
      return failed != null;
    }

    private void perhapsFail(Method method) throws IOException {
      if (fault.canHappenIn(method) && ++calls == nth) {
        failed = method.toString();
        fault.raise(method);
      }
    }

    /** A typed refusal, or the fault itself if it is none that a port may throw. */
    private void checkThrown(Throwable thrown) {
      boolean typed = thrown instanceof DatastoreException;
      boolean itself =
          fault != Fault.IO && String.valueOf(thrown.getMessage()).contains("injected");
      if (!typed && !itself) {
        throw new AssertionError(step + " " + fault + " in " + failed, thrown);
      }
    }

    private void prepare() {
      switch (step) {
        case COLD_LOOKUP, UPDATE, CREATE, SET_MAINTENANCE, COUNT_ALL -> {}
        case LAST_DROP -> {
          handles.add(registry.lookup("store1", Operation.WRITE));
          registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
        }
        case REFRESH -> {
          registry.lookup("store1", Operation.READ).close();
          registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
        }
        case WARM_LOOKUP, DESTROY, RUN_MAINTENANCE ->
            registry.lookup("store1", Operation.READ).close();
        case LOOKUP_OF_A_CHANGED_SECTION -> {
          registry.lookup("store1", Operation.READ).close();
          registry.update("store1", Map.of("comment", "changed"), List.of());
        }
        case LOOKUP_AT_ANOTHER_PATH -> {
          registry.lookup("store1", Operation.READ).close();
          host.files().create("/mnt/new");
          edit("datastore: store1\n\tpath /mnt/new\n");
        }
        case LOOKUP_OF_ANOTHERS_FILES -> {
          registry.lookup("store1", Operation.READ).close();
          edit(OTHER_NAME);
        }
      }
    }

    private void act() {
      Drain drain = Drain.atMost(Duration.ZERO);
      switch (step) {
        case COLD_LOOKUP, WARM_LOOKUP, LOOKUP_OF_A_CHANGED_SECTION, LOOKUP_AT_ANOTHER_PATH ->
            handles.add(registry.lookup("store1", Operation.WRITE));
        case LOOKUP_OF_ANOTHERS_FILES -> handles.add(registry.lookup("other", Operation.WRITE));
        case LAST_DROP -> handles.remove(0).close();
        case UPDATE -> registry.update("store1", Map.of("comment", "new"), List.of());
        case CREATE ->
            registry.create(DatastoreSection.of("store2", Map.of("path", "/mnt/store2")));
        case SET_MAINTENANCE -> registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
        case DESTROY -> registry.destroy("store1", drain, () -> {});
        case RUN_MAINTENANCE ->
            registry.runMaintenance("store1", MaintenanceMode.OFFLINE, null, drain, () -> {});
        case COUNT_ALL -> registry.activeOperations("store1");
        case REFRESH -> registry.refresh();
      }
    }

    private void edit(String config) {
      host.writeConfig(config.getBytes(UTF_8));
      host.generation().getAndAdd(1);
    }

    private void expectNothingLeft() {
      expectLocksFree();
      expectWordsAndFilesAgree();
      handles.forEach(DatastoreHandle::close);
      expectWordsAndFilesAgree(0);
      edit(OTHER_NAME);
      try (DatastoreHandle other = registry.lookup("other", Operation.WRITE)) { // claims are free
        assertEquals(new ActiveOperations(0, 1), registry.activeOperations(other.name()));
      }
      edit("\n");
      registry.refresh();
      // Closing happens on another thread, which is waited for, but not for long.
      await("files that stay open")
          .pollDelay(Duration.ZERO)
          .until(() -> host.files().open().isEmpty());
      registry.close();
      await("the ledger stays").pollDelay(Duration.ZERO).until(() -> !process.hasLedger());
      assertEquals(0, host.files().closedTwice());
      open().close();
    }

    private void expectLocksFree() {
      MemoryProcess foreign = host.start(new JvmSync());
      try {
        for (Locks.LockFile lock :
            List.of(
                foreign.ports().locks().config(), foreign.ports().locks().maintenance("store1"))) {
          assertTrue(lock.tryLock(), "still held: " + lock.path());
          lock.unlock();
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private void expectWordsAndFilesAgree() {
      expectWordsAndFilesAgree(handles.size());
    }

    /** Counts are those of the handles, and files are open where no closing bit is. */
    private void expectWordsAndFilesAgree(int expected) {
      int counted = 0;
      int open = 0;
      for (var word : process.words().values()) {
        long now = word.get();
        counted += OperationWord.reads(now) + OperationWord.writes(now);
        open += OperationWord.open(now) ? 1 : 0;
        assertEquals(0, now & OperationWord.CLOSING, "left half closed");
      }
      assertEquals(expected, counted, "operations that nobody has");
      assertEquals(host.files().open().stream().filter(MemoryFiles.Open::isOpen).count(), open);
    }
  }
}
