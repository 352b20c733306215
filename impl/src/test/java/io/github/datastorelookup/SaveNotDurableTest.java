package io.github.datastorelookup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.port.ChunkStores;
import io.github.datastorelookup.port.ConfigFile;
import io.github.datastorelookup.port.Ports;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Saves that fail before, at and after their point of no return (S6), and what drains make of it.
 */
class SaveNotDurableTest {
  private static final Drain AT_ONCE = Drain.atMost(Duration.ZERO);

  private final MemoryHost host = new MemoryHost();
  private final FailingFile file = new FailingFile(host.process().configFile());
  private final DatastoreRegistry registry = open(file);
  private final List<String> done = new ArrayList<>();

  SaveNotDurableTest() {
    registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
  }

  private DatastoreRegistry open(@Nullable ConfigFile other) {
    var ports = host.start(new JvmSync()).ports();
    return DatastoreRegistry.builder(other == null ? ports : ports.withConfigFile(other))
        .withoutWatcher()
        .open();
  }

  /** What becomes of a replacement. */
  private enum Fate {
    GOOD,
    REFUSED,
    APPLIED,
    APPLIED_AND_UNREADABLE
  }

  /** A file whose next replacements have these fates, and fail with the failure. */
  private static final class FailingFile implements ConfigFile {
    private final ConfigFile real;
    private final Deque<Fate> fates = new ArrayDeque<>();
    private Throwable failure = new IOException("no such luck");
    private boolean unreadable;

    FailingFile(ConfigFile real) {
      this.real = real;
    }

    @Override
    public String path() {
      return real.path();
    }

    @Override
    public byte @Nullable [] read() throws IOException {
      if (unreadable) {
        unreadable = false;
        throw new IOException("unreadable");
      }
      return real.read();
    }

    @Override
    public void replace(byte[] content) throws IOException {
      Fate fate = fates.isEmpty() ? Fate.GOOD : fates.remove();
      if (fate != Fate.REFUSED) {
        real.replace(content);
      }
      if (fate != Fate.GOOD) {
        unreadable = fate == Fate.APPLIED_AND_UNREADABLE;
        fail(failure);
      }
    }

    private static void fail(Throwable failure) throws IOException {
      if (failure instanceof IOException e) {
        throw e;
      } else if (failure instanceof Error e) {
        throw e;
      }
      throw (RuntimeException) failure;
    }
  }

  private String config() {
    return new String(host.config(), UTF_8);
  }

  private void comment() {
    registry.update("store1", Map.of("comment", "new"), List.of());
  }

  private void maintain() {
    registry.runMaintenance(
        "store1", MaintenanceMode.OFFLINE, null, AT_ONCE, () -> done.add(config()));
  }

  @Test
  @Tag("INV-13")
  @Tag("kills:failed-replace-taken-for-refused")
  void update_thatFailsAfterItReplacedTheFile_isReportedAsAppliedAndSeenByAll() {
    DatastoreRegistry other = open(null);
    for (Throwable failure :
        List.of(
            new IOException("sync failed"),
            new IllegalStateException("odd"),
            new OutOfMemoryError("no thread"))) {
      other.update("store1", Map.of("comment", "old"), List.of());
      file.failure = failure;
      file.fates.add(Fate.APPLIED);
      var e = assertThrows(DatastoreException.SaveNotDurable.class, this::comment);
      assertTrue(e.applied());
      assertSame(failure, e.getCause());
      assertTrue(
          String.valueOf(e.getMessage()).contains("datastore.cfg was saved"), e.getMessage());
      assertEquals("new", other.config().sections().get(0).property("comment"));
    }
  }

  @Test
  @Tag("INV-13")
  @Tag("kills:unreadable-taken-for-refused")
  void update_thatFailsAndCannotBeReadBack_isReportedAsUnknown() {
    file.fates.add(Fate.APPLIED_AND_UNREADABLE);
    var e = assertThrows(DatastoreException.SaveNotDurable.class, this::comment);
    assertEquals(false, e.applied());
    assertEquals("unreadable", file.failure.getSuppressed()[0].getMessage());
  }

  @Test
  void update_thatFailsBeforeItReplacedTheFile_isRefused() {
    String before = config();
    file.fates.add(Fate.REFUSED);
    assertThrows(DatastoreException.ConfigUnavailable.class, this::comment);
    file.failure = new OutOfMemoryError("injected");
    file.fates.add(Fate.REFUSED);
    assertSame(file.failure, assertThrows(OutOfMemoryError.class, this::comment));
    assertEquals(before, config());
  }

  @Test
  @Tag("INV-13")
  @Tag("kills:unreadable-taken-for-refused")
  void drain_whoseModeMayBeSaved_goesOnAndEndsIt() {
    for (Fate fate : List.of(Fate.APPLIED, Fate.APPLIED_AND_UNREADABLE)) {
      String before = config();
      file.fates.add(fate);
      assertDoesNotThrow(this::maintain);
      assertEquals(1, done.size());
      assertTrue(done.remove(0).contains("maintenance-mode offline"));
      assertEquals(before, config());
    }
  }

  @Test
  void drain_whoseSaveBeforeActingIsNotDurable_savesAWholeTimeMoreAndActs() {
    file.fates.addAll(List.of(Fate.GOOD, Fate.APPLIED));
    maintain();
    assertEquals(1, done.size());
  }

  @Test
  @Tag("INV-13")
  @Tag("kills:not-durable-and-acts")
  void drain_whoseSavesBeforeActingAreNotDurable_givesTheModeBackAndDoesNotAct() {
    String before = config();
    file.fates.addAll(List.of(Fate.GOOD, Fate.APPLIED, Fate.APPLIED));
    assertThrows(DatastoreException.SaveNotDurable.class, this::maintain);
    assertEquals(List.of(), done);
    assertEquals(before, config());
    file.fates.addAll(List.of(Fate.GOOD, Fate.APPLIED, Fate.APPLIED));
    assertThrows(
        DatastoreException.SaveNotDurable.class,
        () -> registry.destroy("store1", AT_ONCE, () -> done.add("removed")));
    assertEquals(List.of(), done);
    assertTrue(config().contains("maintenance-mode delete"), config());
  }

  @Test
  void drain_whoseEndIsNotDurable_hasActedAndSaysSo() {
    String before = config();
    file.fates.addAll(List.of(Fate.GOOD, Fate.GOOD, Fate.APPLIED));
    assertThrows(DatastoreException.SaveNotDurable.class, this::maintain);
    assertEquals(1, done.size());
    assertEquals(before, config());
  }

  @Test
  void drain_whoseGivingBackIsNotDurable_hasGivenTheModeBack() {
    String before = config();
    try (DatastoreHandle reader = registry.lookup("store1", Operation.READ)) {
      assertEquals("store1", reader.name());
      file.fates.addAll(List.of(Fate.GOOD, Fate.APPLIED));
      var inUse = assertThrows(DatastoreException.DatastoreInUse.class, this::maintain);
      assertEquals(
          List.of(DatastoreException.SaveNotDurable.class),
          Stream.of(inUse.getSuppressed()).map(Object::getClass).toList());
    }
    assertEquals(before, config());
  }

  /** R2 repeats what failed before its first effect, and nothing else. */
  @Test
  void appliedSave_isNotRepeatedWhenFilesAreScarce() {
    Ports ports = host.start(new JvmSync()).ports();
    ChunkStores real = ports.chunkStores();
    ChunkStores scarce =
        (ChunkStores)
            Proxy.newProxyInstance(
                ChunkStores.class.getClassLoader(),
                new Class<?>[] {ChunkStores.class},
                (proxy, method, arguments) ->
                    method.getName().equals("outOfFiles") ? true : method.invoke(real, arguments));
    DatastoreRegistry scarceRegistry =
        DatastoreRegistry.builder(ports.withConfigFile(file).withChunkStores(scarce))
            .withoutWatcher()
            .open();
    scarceRegistry.lookup("store1", Operation.READ).close(); // idle files, which could be closed
    file.fates.add(Fate.APPLIED);
    assertThrows(
        DatastoreException.SaveNotDurable.class,
        () -> scarceRegistry.update("store1", Map.of("comment", "x"), List.of()));
  }
}
