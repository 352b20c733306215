package io.github.datastorelookup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.posix.PosixPorts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program can read in a refusal without parsing its message. */
class RefusalDataTest {
  private static final Drain AT_ONCE = Drain.atMost(Duration.ZERO);

  private final MemoryHost host = new MemoryHost();
  private final DatastoreRegistry registry =
      DatastoreRegistry.builder(host.process())
          .lockTimeout(Duration.ofMillis(1))
          .withoutWatcher()
          .open();

  RefusalDataTest() {
    registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void unavailable_hasDatastoreAndMode() {
    registry.setMaintenance("store1", MaintenanceMode.READ_ONLY, "disk swap");
    var refused =
        assertThrows(
            DatastoreException.DatastoreUnavailable.class,
            () -> registry.lookup("store1", Operation.WRITE));
    assertEquals("store1", refused.datastore());
    assertEquals(MaintenanceMode.READ_ONLY, refused.mode());
    assertFalse(refused.isTransient());
  }

  @Test
  @Tag("INV-15")
  @Tag("kills:cancelled-drain-is-transient")
  void inUseAndCancelled_haveTheCounts() throws Exception {
    try (DatastoreHandle writer = registry.lookup("store1", Operation.WRITE);
        DatastoreHandle second = writer.duplicate()) {
      assertEquals(Operation.WRITE, second.operation());
      var inUse =
          assertThrows(
              DatastoreException.DatastoreInUse.class,
              () -> registry.destroy("store1", AT_ONCE, () -> {}));
      assertEquals(new ActiveOperations(0, 2), inUse.operations());
      assertTrue(inUse.isTransient());
      var cancelled =
          assertThrows(
              DatastoreException.DrainCancelled.class,
              () -> registry.destroy("store1", AT_ONCE.cancelWhen(() -> true), () -> {}));
      assertEquals(new ActiveOperations(0, 2), cancelled.operations());
      assertFalse(cancelled.isTransient());
      assertEquals(inUse.operations(), copy(inUse).operations(), "can be sent to another process");
    }
  }

  private static DatastoreException.DatastoreInUse copy(DatastoreException.DatastoreInUse e)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(e);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return assertInstanceOf(DatastoreException.DatastoreInUse.class, in.readObject());
    }
  }

  @Test
  void failedTask_hasTheModeThatStays() {
    var failed =
        assertThrows(
            DatastoreException.MaintenanceFailed.class,
            () ->
                registry.destroy(
                    "store1",
                    AT_ONCE,
                    () -> {
                      throw new IOException("no space left on device");
                    }));
    assertEquals("store1", failed.datastore());
    assertEquals(MaintenanceMode.DELETE, failed.mode());
  }

  @Test
  void locksOfAnotherProcess_haveTheirHolders() throws Exception {
    var other = host.start(new JvmSync());
    assertTrue(other.ports().locks().maintenance("store1").tryLock());
    var maintained =
        assertThrows(
            DatastoreException.MaintenanceInProgress.class,
            () -> registry.clearMaintenance("store1"));
    assertEquals(Set.of((long) other.pid()), maintained.holders());
    assertEquals("store1.lck", maintained.file());
    assertTrue(maintained.isTransient());
    assertTrue(other.ports().locks().config().tryLock());
    var timeout =
        assertThrows(
            DatastoreException.LockTimeout.class,
            () -> registry.update("store1", Map.of("comment", "x"), List.of()));
    assertEquals(Set.of((long) other.pid()), timeout.holders());
    assertTrue(timeout.isTransient());
  }

  @Test
  void refusedEdits_haveTheDatastore() {
    for (Runnable edit :
        List.<Runnable>of(
            () -> registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt/x"))),
            () -> registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt//x"))),
            () -> registry.update("store1", Map.of("path", "/mnt/x"), List.of()),
            () -> registry.move("store1", "/mnt/../x", AT_ONCE, () -> {}))) {
      var refused = assertThrows(DatastoreException.EditRefused.class, edit::run);
      assertEquals("store1", refused.datastore(), refused.getMessage());
    }
  }

  @Test
  void interruptedWait_hasWhatItWaitedFor() throws Exception {
    var other = host.start(new JvmSync());
    assertTrue(other.ports().locks().config().tryLock());
    Thread.currentThread().interrupt();
    var interrupted =
        assertThrows(
            DatastoreException.Interrupted.class,
            () -> registry.update("store1", Map.of("comment", "x"), List.of()));
    assertTrue(Thread.interrupted());
    assertEquals(other.ports().locks().config().path(), interrupted.file());
  }

  @Test
  void edits_haveTheDigestFoundAndTheLineOfAFault() {
    var changed =
        assertThrows(
            DatastoreException.DigestMismatch.class,
            () -> registry.update("store1", Map.of("comment", "x"), List.of(), "0"));
    assertEquals(registry.config().digest(), changed.found());
    host.writeConfig("datastore: store1\n\tpath /mnt/store1\nrubbish\n".getBytes(UTF_8));
    var invalid =
        assertThrows(
            DatastoreException.ConfigInvalid.class,
            () -> registry.update("store1", Map.of("comment", "x"), List.of()));
    assertEquals(3, invalid.line());
    assertFalse(invalid.isTransient());
  }

  /** A mistyped path makes no second installation beside the real one. */
  @Test
  void open_withoutTheConfigDirectory_isRefusedAndMakesNothing(@TempDir Path directory)
      throws IOException {
    Path missing = directory.resolve("mistyped");
    Path config = missing.resolve("datastore.cfg");
    Path run = directory.resolve("run");
    var builder = DatastoreRegistry.builder(PosixPorts.of(config, run, true));
    var refused = assertThrows(DatastoreException.ConfigUnavailable.class, builder::open);
    assertEquals(config.toString(), refused.file());
    assertTrue(String.valueOf(refused.getMessage()).contains(missing + ": no such directory"));
    assertFalse(Files.exists(run), "nothing was made");
    Files.writeString(missing, "a file");
    assertThrows(DatastoreException.ConfigUnavailable.class, builder::open);
    Files.delete(missing);
    Files.createDirectory(missing);
    builder.open().close();
  }

  @Test
  void table_ofTheProtocol_hasEachKind() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "protocol.md"));
    String table = page.substring(page.indexOf("## Refusals"), page.indexOf("## Invariants"));
    Set<String> told = new TreeSet<>();
    Pattern.compile("(?m)^\\| `(\\w+)` \\|")
        .matcher(table)
        .results()
        .forEach(m -> told.add(m.group(1)));
    Set<String> kinds = new TreeSet<>();
    for (Class<?> each : DatastoreException.class.getClasses()) {
      kinds.add(each.getSimpleName());
    }
    assertEquals(kinds, told);
  }
}
