package io.github.datastorelookup.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.faults.EachStepTest.Fault;
import io.github.datastorelookup.faults.EachStepTest.Operations;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.MemoryFiles;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.ChunkStores;
import io.github.datastorelookup.port.Locks;
import io.github.datastorelookup.port.OperationWord;
import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One machine, one operation, one fault. */
final class StepRun {
  private static final String OTHER_NAME = "datastore: other\n\tpath /mnt/store1\n";
  private static final Drain AT_ONCE = Drain.atMost(Duration.ZERO);
  private static final Duration SHORT = Duration.ofMillis(5);
  private static final int SECONDS_AT_MOST = 20;
  private static final int CALLS_BESIDE = 5;

  private final Operations operation;
  private final int nth;
  private final Fault fault;
  private final Thread thread = Thread.currentThread();
  private final MemoryHost host = new MemoryHost();
  private final MemoryProcess process = host.start(new JvmSync());
  private final MemoryProcess second = host.start(new JvmSync());
  private final FaultyPorts ports = new FaultyPorts();
  private final List<DatastoreHandle> handles = new ArrayList<>();
  private final DatastoreRegistry registry;
  private @Nullable DatastoreRegistry opened;
  private int steps;
  private @Nullable String failed;
  private @Nullable Method failedCall;
  private @Nullable Throwable thrown;
  private boolean closing;
  private boolean acted;

  /** The config lock is not held for what hangs there (INV-11). */
  private boolean apart;

  private final CountDownLatch hangs = new CountDownLatch(1);
  private final CountDownLatch goesOn = new CountDownLatch(1);
  private final CountDownLatch hasActed = new CountDownLatch(1);

  StepRun(Operations operation, int nth, Fault fault) {
    this.operation = operation;
    this.nth = nth;
    this.fault = fault;
    this.registry = open();
  }

  private DatastoreRegistry open() {
    return builder(process).withoutWatcher().open();
  }

  private DatastoreRegistry.Builder builder(MemoryProcess of) {
    DatastoreRegistry.Builder builder =
        DatastoreRegistry.builder(ports.wrapAll(of.ports()))
            .ttl(Duration.ofHours(1))
            .lockTimeout(fault == Fault.HANG ? SHORT : Duration.ofSeconds(1));
    return operation.watched() ? builder.detectLeaks() : builder;
  }

  /** Whether there was an nth step. */
  boolean fails() throws Exception {
    return fails(null);
  }

  /**
   * Whether there was an nth step, of this thread or of another, which goes on with other calls all
   * the time.
   *
   * @param beside chooses those calls; null for none
   */
  @SuppressWarnings("try") // messages are only to arrive
  boolean fails(@Nullable Random beside) throws Exception {
    registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
    prepare();
    ports.beforeClosing(true);
    CompletableFuture<?> other = CompletableFuture.completedFuture(null);
    try (Messages messages = new Messages(this)) {
      ports.before(method -> perhapsFail(method.toString(), fault.canHappenBefore(method), method));
      ports.after(method -> perhapsFail(method.toString(), fault.canHappenAfter(method), method));
      if (beside != null) {
        other = CompletableFuture.runAsync(() -> goOnUntilActed(beside));
      }
      act();
    } catch (RuntimeException | Error e) {
      thrown = e;
    }
    boolean interrupted = Thread.interrupted();
    hasActed.countDown();
    endOf(other);
    ports.heal();
    try {
      Throwable refused = thrown;
      if (refused != null) {
        checkThrown(refused);
      }
      assertTrue(
          fault != Fault.INTERRUPT || failed == null || interrupted, "the interrupt is lost");
      // In another thread: to this one a mutex that it forgot to give back looks free.
      CompletableFuture.runAsync(this::expectNothingLeft).get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | AssertionError e) {
      Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
      throw new AssertionError(
          operation + " " + fault + " in step " + nth + ": " + failed + ": " + cause, e);
    }
    return failed != null;
  }

  /** Whether there was an nth step. */
  @SuppressWarnings("try") // messages are only to arrive
  boolean hangs() throws Exception {
    registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
    prepare();
    ports.beforeClosing(true);
    try {
      try (Messages messages = new Messages(this);
          DatastoreRegistry other = other()) {
        ports.before(
            method -> perhapsFail(method.toString(), fault.canHappenBefore(method), method));
        CompletableFuture<?> acting =
            CompletableFuture.runAsync(this::act, task -> new Thread(task).start());
        await()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(1))
            .until(() -> acting.isDone() || hangs.getCount() == 0);
        try {
          if (failed != null) {
            expectOthersGoOn(other);
          }
        } finally {
          goesOn.countDown();
        }
        endOf(acting);
      }
      ports.heal();
      CompletableFuture.runAsync(this::expectNothingLeft).get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | AssertionError e) {
      Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
      throw new AssertionError(operation + " hangs in " + nth + ": " + failed + ": " + cause, e);
    }
    return failed != null;
  }

  /** The call of a port that failed, or null. */
  @Nullable Method failedCall() {
    return failedCall;
  }

  /** What the operation threw, or null. */
  @Nullable Throwable thrown() {
    return thrown;
  }

  private void goOnUntilActed(Random calls) {
    for (int i = 0; i < CALLS_BESIDE || hasActed.getCount() > 0; i++) {
      try {
        switch (calls.nextInt(5)) {
          case 0 -> lookUpOnce();
          case 1 -> registry.lookup("store1", Operation.WRITE).close();
          case 2 -> registry.update("store1", Map.of("comment", "beside"), List.of());
          case 3 -> registry.refresh();
          default -> registry.activeOperations("store1");
        }
      } catch (RuntimeException | Error e) {
        checkThrown(e);
      }
    }
  }

  private DatastoreRegistry other() {
    return DatastoreRegistry.builder(host.start(new JvmSync()).ports())
        .withoutWatcher()
        .lockTimeout(SHORT)
        .open();
  }

  private void expectOthersGoOn(DatastoreRegistry other) throws Exception {
    for (Runnable call :
        List.<Runnable>of(
            () -> other.lookup("store1", Operation.READ).close(),
            () -> other.update("store1", Map.of("gc-schedule", "daily"), List.of()),
            other::refresh,
            () -> registry.lookup("store1", Operation.READ).close(),
            registry::refresh)) {
      try {
        CompletableFuture.runAsync(call, task -> new Thread(task).start())
            .get(SECONDS_AT_MOST, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        throw new AssertionError("INV-11: others hang, too", e);
      } catch (ExecutionException e) {
        Throwable thrown = Objects.requireNonNull(e.getCause());
        checkThrown(thrown);
        boolean locked = thrown instanceof DatastoreException.LockTimeout;
        boolean config = String.valueOf(thrown.getMessage()).contains(".datastore.lck");
        assertTrue(!apart || !locked || !config, () -> "INV-11: config lock held: " + e);
      }
    }
  }

  private void endOf(CompletableFuture<?> acting) throws Exception {
    try {
      Object unused = acting.get(SECONDS_AT_MOST, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("INV-11: it hangs for ever", e);
    } catch (ExecutionException e) {
      checkThrown(Objects.requireNonNull(e.getCause()));
    }
  }

  private void perhapsFail(String what, boolean canHappen, @Nullable Method method)
      throws IOException {
    if (isTheOne(what, canHappen, method)) {
      fault.raise(what, this::hang);
    }
  }

  private void hang() {
    hangs.countDown();
    try {
      assertTrue(goesOn.await(5 * SECONDS_AT_MOST, TimeUnit.SECONDS), "the others took too long");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isTheOne(String what, boolean canHappen, @Nullable Method method) {
    boolean mine = fault != Fault.INTERRUPT || Thread.currentThread() == thread;
    boolean now = canHappen && mine && failed == null && ++steps == nth;
    if (now) {
      failed = what;
      failedCall = method;
      apart =
          method == null
              || method.getDeclaringClass() == ChunkStores.class
              || method.getDeclaringClass() == ChunkStores.ChunkStore.class;
      closing =
          method != null
              && (method.getDeclaringClass() == ChunkStores.ChunkStore.class
                  || method.getName().equals("set")
                  || (method.getDeclaringClass() == ConcurrentMap.class
                      && method.getName().equals("remove")));
    }
    return now;
  }

  /** A message, or a callback: the host's code throws nothing that it has to declare. */
  private void hostsCode(String what) {
    try {
      perhapsFail(what, fault.canHappenInHostsCode(), null);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A typed refusal, or the fault itself if it is none that a port may throw. */
  private void checkThrown(Throwable thrown) {
    boolean typed = thrown instanceof DatastoreException;
    boolean itself = fault != Fault.IO && String.valueOf(thrown.getMessage()).contains("injected");
    if (!typed && !itself) {
      throw new AssertionError("not typed: " + thrown, thrown);
    }
  }

  private void lookUpOnce() {
    registry.lookup("store1", Operation.READ).close();
  }

  private void prepare() {
    switch (operation) {
      case DUPLICATE, WATCHED_DUPLICATE, ATTRIBUTES, DROP, TIMED_OUT_MAINTENANCE ->
          handles.add(registry.lookup("store1", Operation.WRITE));
      case LAST_DROP, WATCHED_LAST_DROP -> {
        handles.add(registry.lookup("store1", Operation.WRITE));
        registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
      }
      case CLOSE_AFTER_THE_REGISTRY -> {
        handles.add(registry.lookup("store1", Operation.WRITE));
        registry.close();
      }
      case REFRESH -> {
        lookUpOnce();
        registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
      }
      case CLEAR_MAINTENANCE -> registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
      case WARM_LOOKUP, WATCHED_LOOKUP, LOOK, DESTROY, RUN_MAINTENANCE, MOVE, CLOSE_REGISTRY ->
          lookUpOnce();
      case LOOKUP_OF_A_CHANGED_SECTION -> {
        lookUpOnce();
        registry.update("store1", Map.of("comment", "changed"), List.of());
      }
      case LOOKUP_AT_ANOTHER_PATH -> {
        lookUpOnce();
        host.files().create("/mnt/new");
        edit("datastore: store1\n\tpath /mnt/new\n");
      }
      case LOOKUP_OF_ANOTHERS_FILES -> {
        lookUpOnce();
        edit(OTHER_NAME);
      }
      case REFRESH_AFTER_A_MANUAL_EDIT -> {
        lookUpOnce();
        edit("datastore: store1\n\tmaintenance-mode offline\n\tpath /mnt/store1\n");
      }
      default -> {}
    }
  }

  private void act() {
    switch (operation) {
      case COLD_LOOKUP,
          WARM_LOOKUP,
          WATCHED_LOOKUP,
          LOOKUP_OF_A_CHANGED_SECTION,
          LOOKUP_AT_ANOTHER_PATH ->
          handles.add(registry.lookup("store1", Operation.WRITE));
      case LOOK -> registry.lookup("store1", Operation.LOOKUP).close();
      case LOOKUP_OF_ANOTHERS_FILES -> handles.add(registry.lookup("other", Operation.WRITE));
      case DUPLICATE, WATCHED_DUPLICATE -> handles.add(handles.get(0).duplicate());
      case ATTRIBUTES -> handles.get(0).attributes().put("key", "value");
      case DROP, LAST_DROP, WATCHED_LAST_DROP, CLOSE_AFTER_THE_REGISTRY ->
          handles.remove(0).close();
      case UPDATE -> registry.update("store1", Map.of("comment", "new"), List.of());
      case CREATE -> registry.create(DatastoreSection.of("store2", Map.of("path", "/mnt/store2")));
      case SET_MAINTENANCE -> registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
      case CLEAR_MAINTENANCE -> registry.clearMaintenance("store1");
      case DESTROY -> registry.destroy("store1", drain(), this::acts);
      case RUN_MAINTENANCE, TIMED_OUT_MAINTENANCE ->
          registry.runMaintenance("store1", MaintenanceMode.OFFLINE, null, drain(), this::acts);
      case MOVE -> registry.move("store1", "/mnt/moved", drain(), this::moves);
      case COUNT_ALL -> registry.activeOperations("store1");
      case CONFIG -> registry.config();
      case REFRESH, REFRESH_AFTER_A_MANUAL_EDIT -> registry.refresh();
      case CLOSE_REGISTRY -> registry.close();
      case OPEN_REGISTRY -> opened = builder(second).watch(Duration.ofHours(1)).open();
    }
  }

  private Drain drain() {
    return AT_ONCE;
  }

  private void acts() {
    hostsCode("the task");
    acted = true;
  }

  private void moves() {
    acts();
    host.files().create("/mnt/moved");
  }

  private void edit(String config) {
    host.writeConfig(config.getBytes(UTF_8));
    host.generation().getAndAdd(1);
  }

  private void expectNothingLeft() {
    expectLocksFree();
    expectModeEnded();
    expectWordsAndFilesAgree(handles.size());
    boolean lost = expectLostOnlyByAnError();
    handles.forEach(DatastoreHandle::close);
    expectWordsAndFilesAgree(0);
    if (!operation.closesTheRegistry()) {
      expectTheRestGoesOn(lost);
      edit("\n");
      registry.refresh();
    }
    registry.close();
    if (!lost) {
      await("files that stay open")
          .pollDelay(Duration.ZERO)
          .until(() -> host.files().open().isEmpty());
      await("the ledger stays").pollDelay(Duration.ZERO).until(() -> !process.hasLedger());
      open().close();
    }
    expectOpened();
    assertEquals(0, host.files().closedTwice());
  }

  /** M4 is finished in spite of interrupts. */
  private void expectModeEnded() {
    boolean drains =
        operation == Operations.RUN_MAINTENANCE
            || operation == Operations.MOVE
            || operation == Operations.TIMED_OUT_MAINTENANCE;
    if (drains && (fault == Fault.INTERRUPT || failed == null)) {
      String config = new String(host.config(), UTF_8);
      assertTrue(!config.contains("maintenance-mode"), config);
      assertEquals(acted && operation == Operations.MOVE, config.contains("/mnt/moved"), config);
    }
  }

  private void expectTheRestGoesOn(boolean lost) {
    edit("datastore: third\n\tpath /mnt/third\n");
    host.files().create("/mnt/third");
    try (DatastoreHandle third = registry.lookup("third", Operation.WRITE)) {
      assertEquals(new ActiveOperations(0, 1), registry.activeOperations(third.name()));
    }
    if (!lost) {
      edit(OTHER_NAME);
      try (DatastoreHandle other = registry.lookup("other", Operation.WRITE)) { // claims are free
        assertEquals(new ActiveOperations(0, 1), registry.activeOperations(other.name()));
      }
    }
    edit("datastore: store1\n\tpath /mnt/store1\n");
    if (lost) {
      assertThrows(
          DatastoreException.CloseFailed.class, () -> registry.lookup("store1", Operation.READ));
    } else {
      registry.lookup("store1", Operation.READ).close();
    }
  }

  /** E1: whether the word stays CLOSING; only an Error may do that. */
  private boolean expectLostOnlyByAnError() {
    boolean lost = (process.word("store1") & OperationWord.CLOSING) != 0;
    boolean may = closing && (fault.isError() || !String.valueOf(failed).contains("close()"));
    assertTrue(!lost || may, "left half closed");
    return lost;
  }

  private void expectOpened() {
    DatastoreRegistry other = opened;
    if (operation == Operations.OPEN_REGISTRY) {
      assertEquals(other != null, second.hasLedger(), "a ledger without a registry");
      if (other != null) {
        other.close();
      }
      builder(second).withoutWatcher().open().close();
    }
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

  /** Counts are those of the handles, and no file is open where the word is CLOSED. */
  private void expectWordsAndFilesAgree(int expected) {
    int counted = 0;
    int mayBeOpen = 0;
    int areOpen = 0;
    for (var word : process.words().values()) {
      long now = word.get();
      counted += OperationWord.reads(now) + OperationWord.writes(now);
      areOpen += OperationWord.open(now) ? 1 : 0;
      mayBeOpen += OperationWord.open(now) || (now & OperationWord.CLOSING) != 0 ? 1 : 0;
    }
    assertEquals(expected, counted, "operations that nobody has");
    long open = host.files().open().stream().filter(MemoryFiles.Open::isOpen).count();
    assertTrue(areOpen <= open && open <= mayBeOpen, "open=" + open + " words=" + mayBeOpen);
  }

  /** A log target that fails as a step does. */
  private static final class Messages extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("io.github.datastorelookup");
    private final StepRun run;

    Messages(StepRun run) {
      this.run = run;
      logger.setLevel(Level.ALL);
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord message) {
      run.hostsCode("message: " + message.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
      logger.setLevel(null);
    }
  }
}
