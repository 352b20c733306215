package io.github.datastorelookup.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreException.ConfigInvalid;
import io.github.datastorelookup.DatastoreException.ConfigUnavailable;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.posix.MemoryTempDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with the config file is told with its name and line, and heals by itself. */
class ConfigFileFaultTest {
  private static final int HUGE = 50_000_000;
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final Home home;
  private final DatastoreRegistry registry;
  private final DatastoreHandle running;

  ConfigFileFaultTest(@TempDir(factory = MemoryTempDir.class) Path directory) throws IOException {
    home = new Home(directory);
    registry = home.open();
    running = registry.lookup("store1", Operation.READ);
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void aDirectory_isRefusedUntilItIsRepaired() throws IOException {
    Files.delete(home.config());
    Files.createDirectory(home.config());
    expectRefused(ConfigUnavailable.class, home.config());
    Files.delete(home.config());
    expectRecovery();
  }

  @Test
  void gone_isRefusedUntilItIsBack() throws IOException {
    Files.delete(home.config());
    expectRefused(ConfigUnavailable.class, home.config());
    expectRecovery();
  }

  @Test
  void aDanglingLink_isRefusedUntilItIsRepaired() throws IOException {
    Files.delete(home.config());
    Files.createSymbolicLink(home.config(), home.directory().resolve("nowhere"));
    expectRefused(ConfigUnavailable.class, home.config());
    Files.delete(home.config());
    expectRecovery();
  }

  @Test
  void binary_isRefusedAtItsLine() throws IOException {
    byte[] random = new byte[10_000];
    new Random(1).nextBytes(random);
    random[0] = 'x';
    for (byte[] bytes : List.of("\u007fELF\2\1\1\0\0".getBytes(UTF_8), new byte[4096], random)) {
      Files.write(home.config(), bytes);
      expectRefused(ConfigInvalid.class, home.config(), "line 1 - ");
    }
    expectRecovery();
  }

  /** A property of the second section is cut in the middle of its key. */
  @Test
  void cutInTheMiddleOfALine_isRefusedAtItsLine() throws IOException {
    String whole = Files.readString(home.config());
    home.write(whole.substring(0, whole.lastIndexOf("path") + 2));
    expectRefused(ConfigInvalid.class, home.config(), "line 5 - ");
    expectRecovery();
  }

  @Test
  void cutBehindAHeader_isRefusedAtItsLine() throws IOException {
    home.write(home.section("store1") + "\ndatastore: store2\n");
    expectRefused(ConfigInvalid.class, home.config(), "line 4 - property 'path' is missing");
    expectRecovery();
  }

  /**
   * Cut between two sections nothing tells that there was more: as if it was removed by hand.
   * Operations that run go on; idle files get closed, and open again after the repair.
   */
  @Test
  void cutBetweenSections_isTakenForARemoval() throws IOException {
    home.write(home.section("store2"));
    Home.refused(
        DatastoreException.NoSuchDatastore.class,
        () -> registry.lookup("store1", Operation.READ),
        "store1");
    assertEquals(home.store("store1").toString(), running.chunkStore().path());
    expectRecovery();
  }

  /** Bytes that are no text, and one line without an end. */
  @ParameterizedTest
  @ValueSource(bytes = {(byte) 0xff, 'a'})
  void hugeGarbage_isRefusedInTime(byte filling) throws IOException {
    byte[] bytes = new byte[HUGE];
    Arrays.fill(bytes, filling);
    if (filling == 'a') {
      bytes[HUGE - 2] = ':'; // all before it is quoted as an unknown type
    } else {
      bytes[1000] = '\n';
    }
    Files.write(home.config(), bytes);
    assertTimeout(
        BOUND,
        () ->
            Home.refused(
                ConfigInvalid.class,
                () -> registry.lookup("store1", Operation.READ),
                home.config(),
                "line 1 - "));
    expectRecovery();
  }

  @Test
  void hugeButValid_isReadInTime() throws IOException {
    StringBuilder text = new StringBuilder(HUGE + 10_000);
    text.append(home.section("store1")).append('\n').append(home.section("store2"));
    String path = "\n\tpath /mnt/" + "x".repeat(4000) + "/";
    for (int i = 0; text.length() < HUGE; i++) {
      text.append("\ndatastore: big").append(i).append(path).append(i).append('\n');
    }
    home.write(text.toString());
    assertTimeout(BOUND, () -> registry.lookup("store2", Operation.LOOKUP).close());
    expectRecovery();
  }

  /** Nothing is granted, saved or lost; who has a handle goes on. */
  private void expectRefused(Class<? extends DatastoreException> type, Object... contained)
      throws IOException {
    byte @Nullable [] before = bytes();
    for (Operation operation : Operation.values()) {
      Home.refused(type, () -> registry.lookup("store1", operation), contained);
      Home.refused(type, () -> registry.lookup("store2", operation), contained);
    }
    Home.refused(
        type, () -> registry.update("store1", Map.of("comment", "x"), List.of()), contained);
    Home.refused(type, () -> registry.clearMaintenance("store1"), contained);
    assertArrayEquals(before, bytes());
    registry.refresh();
    assertEquals(home.store("store1").toString(), running.chunkStore().path());
    assertEquals(new ActiveOperations(1, 0), registry.activeOperations("store1"));
    assertEquals(new ActiveOperations(0, 0), registry.activeOperations("store2"));
  }

  private byte @Nullable [] bytes() throws IOException {
    return Files.isRegularFile(home.config()) ? Files.readAllBytes(home.config()) : null;
  }

  private void expectRecovery() throws IOException {
    home.repair();
    registry.lookup("store1", Operation.WRITE).close();
    registry.lookup("store2", Operation.WRITE).close();
    registry.update("store1", Map.of("comment", "repaired"), List.of());
    assertTrue(Files.readString(home.config()).contains("repaired"));
    running.close();
    assertEquals(new ActiveOperations(0, 0), registry.activeOperations("store1"));
    home.close(registry);
  }
}
