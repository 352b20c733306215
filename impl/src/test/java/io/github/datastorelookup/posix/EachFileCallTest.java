package io.github.datastorelookup.posix;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.port.LedgerDirectory.Ledger;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.posix.FaultyFiles.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every file system call that an operation makes fails once, as I/O errors and as Errors do. Each
 * time the caller is told, and everything works again at once: no descriptor, claim, lock, count or
 * temporary file is left.
 */
@Timeout(60)
final class EachFileCallTest {
  private final Path directory;
  private final Set<String> claims = Claims.all();
  private int runs;

  EachFileCallTest(@TempDir(factory = MemoryTempDir.class) Path directory) {
    this.directory = directory;
  }

  /** What is done while a call fails. */
  enum Step {
    FIRST_LOOKUP,
    UPDATE,
    SET_MAINTENANCE,
    COUNT_ALL;

    void on(DatastoreRegistry registry) {
      switch (this) {
        case FIRST_LOOKUP -> registry.lookup("store1", Operation.WRITE).close();
        case UPDATE -> registry.update("store1", Map.of("comment", "new"), List.of());
        case SET_MAINTENANCE -> registry.setMaintenance("store1", MaintenanceMode.READ_ONLY, "why");
        case COUNT_ALL -> registry.activeOperations("store1");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void operation_anyFileCallFails_isRefusedAndLeavesNothing(Step step) throws IOException {
    for (Fault fault : Fault.values()) {
      int nth = 1;
      while (operationFails(step, nth, fault)) {
        nth++;
      }
      assertTrue(nth > 2, "calls seen: " + (nth - 1));
    }
  }

  private boolean operationFails(Step step, int nth, Fault fault) throws IOException {
    Path home = newHome();
    FaultyFiles files = new FaultyFiles();
    String failed;
    try (DatastoreRegistry registry = files.open(home)) {
      String before = Files.readString(home.resolve("datastore.cfg"));
      files.failAt(nth, fault);
      Throwable thrown = thrownBy(() -> step.on(registry));
      failed = files.heal();
      check(failed, fault, thrown, home);
      if (thrown != null) { // S6: what is reported as refused changed nothing
        boolean saved = !before.equals(Files.readString(home.resolve("datastore.cfg")));
        assertEquals(thrown instanceof DatastoreException.SaveNotDurable, saved, failed);
      }
      expectNoTemporaryFile(home, failed);
      if (thrown != null) {
        step.on(registry); // works now
      }
      registry.lookup("store1", Operation.READ).close();
      assertEquals(new ActiveOperations(0, 0), registry.activeOperations("store1"));
    } catch (DatastoreException e) {
      throw new AssertionError(step + " nth=" + nth + " fault=" + fault, e);
    }
    expectNothingLeft(files, home, failed);
    return failed != null;
  }

  @ParameterizedTest
  @EnumSource
  void open_anyFileCallFails_isRefusedAndCanBeRepeated(Fault fault) throws IOException {
    int nth = 1;
    while (openFails(nth, fault)) {
      nth++;
    }
    assertTrue(nth > 10, "calls seen: " + (nth - 1));
  }

  private boolean openFails(int nth, Fault fault) throws IOException {
    Path home = newHome();
    FaultyFiles files = new FaultyFiles();
    files.failAt(nth, fault);
    Throwable thrown = thrownBy(() -> files.open(home).close());
    String failed = files.heal();
    check(failed, fault, thrown, home);
    expectNoTemporaryFile(home, failed);
    assertEquals(0, files.openChannels(), () -> "after " + failed);
    try (DatastoreRegistry registry = files.open(home)) {
      registry.lookup("store1", Operation.READ).close();
    }
    expectNothingLeft(files, home, failed);
    return failed != null;
  }

  @ParameterizedTest
  @EnumSource
  void append_anyFileCallFailsWhileItGrows_isRefusedAndChangesNothing(Fault fault)
      throws IOException {
    int nth = 1;
    while (growthFails(nth, fault)) {
      nth++;
    }
    assertEquals(3, nth, "writing and mapping");
  }

  private boolean growthFails(int nth, Fault fault) throws IOException {
    FaultyFiles files = new FaultyFiles();
    Path run = files.wrap(directory.resolve("run" + runs++));
    try (Ledger ledger =
        new PosixLedgers(run, SharedAccess.defaults(), new OwnerThread()).create(null)) {
      for (int i = 0; i < LedgerLayout.capacity(1); i++) {
        ledger.append("store" + i);
      }
      files.failAt(nth, fault);
      Throwable thrown = thrownBy(() -> append(ledger));
      String failed = files.heal();
      if (failed == null) {
        return false;
      }
      String expected = fault == Fault.IO ? "could not grow: file=" + ledger.path() : "injected";
      assertTrue(String.valueOf(thrown).contains(expected), () -> "" + thrown);
      assertEquals(LedgerLayout.SEGMENT_SIZE, Files.size(Path.of(ledger.path())), failed);
      append(ledger);
      return true;
    } finally {
      assertEquals(0, files.openChannels());
    }
  }

  private static void append(Ledger ledger) {
    try {
      assertEquals(OperationWord.CLOSED, ledger.append("one-more").get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path newHome() throws IOException {
    return FileStep.prepare(directory.resolve("home" + runs++));
  }

  private static @Nullable Throwable thrownBy(Runnable work) {
    try {
      work.run();
      return null;
    } catch (RuntimeException | Error e) {
      return e;
    }
  }

  /** An I/O error is told as a typed refusal that names a file of ours, an Error as it is. */
  private static void check(
      @Nullable String failed, Fault fault, @Nullable Throwable thrown, Path home) {
    if (thrown == null) {
      return; // no call failed, or one that nobody has to know of
    }
    if (fault == Fault.ERROR) {
      boolean saved = thrown instanceof DatastoreException.SaveNotDurable;
      Throwable error = saved ? thrown.getCause() : thrown;
      assertInstanceOf(InternalError.class, error, () -> "after " + failed);
      return;
    }
    assertInstanceOf(DatastoreException.class, thrown, () -> "after " + failed);
    String message = String.valueOf(thrown.getMessage());
    assertTrue(message.contains(home.toString()), () -> failed + ": " + message);
  }

  private static void expectNoTemporaryFile(Path home, @Nullable String failed) throws IOException {
    if (failed == null || failed.startsWith("delete")) {
      return; // what cannot be deleted stays
    }
    try (Stream<Path> all = Files.walk(home)) {
      assertEquals(
          List.of(), all.filter(each -> each.toString().endsWith(".tmp")).toList(), failed);
    }
  }

  private Set<String> claimsSince() {
    Set<String> since = new HashSet<>(Claims.all());
    since.removeAll(claims); // those of other tests
    return since;
  }

  /** No channel, and no claim: the directory can be opened again. */
  private void expectNothingLeft(FaultyFiles files, Path home, @Nullable String failed)
      throws IOException {
    // A chunk store that was opened, and then could not be looked at, may be another file.
    int kept = failed != null && failed.equals("stat " + home.resolve("store1/.lock")) ? 1 : 0;
    // Closing happens on another thread, which is waited for, but not for long.
    await("after " + failed).pollDelay(Duration.ZERO).until(() -> files.openChannels() <= kept);
    await("after " + failed)
        .pollDelay(Duration.ZERO)
        .ignoreExceptionsInstanceOf(DatastoreException.LedgerUnavailable.class)
        .untilAsserted(() -> files.open(home).close());
    assertEquals(Set.of(), claimsSince(), failed);
    if (failed != null && failed.endsWith(".ops")) {
      return; // a ledger that could not be deleted stays: nobody has it locked, so it is dead
    }
    try (Stream<Path> all = Files.list(home.resolve("run"))) {
      assertEquals(List.of(), all.filter(each -> each.toString().endsWith(".ops")).toList());
    }
  }
}
