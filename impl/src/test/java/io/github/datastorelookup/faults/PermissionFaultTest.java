package io.github.datastorelookup.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.posix.PosixPorts;
import io.github.datastorelookup.posix.SharedAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a process may not read or write, for real: it runs as nobody. */
@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
class PermissionFaultTest {
  private final Home home;
  private @Nullable Nobody started;

  PermissionFaultTest(@TempDir Path directory) throws IOException {
    Files.setAttribute(directory, "unix:mode", 0755);
    home = new Home(directory);
    Files.createDirectory(home.run());
  }

  /** One process for all tests; each test is aborted where there can be none. */
  @BeforeEach
  void start() throws Exception {
    if (started != null) {
      return;
    }
    Nobody nobody = Nobody.start(home.directory());
    started = nobody;
    giveAway(home.directory());
    assertEquals("done", nobody.ask("read").substring(0, 4), "with all permissions it works");
    assertEquals("done", nobody.ask("offline").substring(0, 4));
    home.repair();
    giveAway(home.directory());
  }

  @AfterAll
  void stop() throws Exception {
    if (started != null) {
      started.end();
    }
  }

  private String ask(String command) throws IOException {
    return Objects.requireNonNull(started).ask(command);
  }

  private void giveAway(Path below) throws IOException {
    try (Stream<Path> all = Files.walk(below)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        own(each, Nobody.ID);
      }
    }
  }

  private static void own(Path path, int id) throws IOException {
    Files.setAttribute(path, "unix:uid", id);
    Files.setAttribute(path, "unix:gid", id);
  }

  /** Root's, with this mode. */
  private static void take(Path path, int mode) throws IOException {
    own(path, 0);
    Files.setAttribute(path, "unix:mode", mode);
  }

  /** The command is refused by name, changes nothing, and works once the file is given back. */
  private void expectRefused(String command, String type, Path file, int mode) throws IOException {
    Object before = Files.getAttribute(file, "unix:mode");
    take(file, mode);
    var tree = home.tree();
    String answer = ask(command);
    assertTrue(answer.startsWith(type + ": "), answer);
    assertTrue(answer.contains(file.toString()), answer);
    assertTrue(answer.toLowerCase(Locale.ROOT).contains("permission denied"), answer);
    assertEquals(tree, home.tree());
    Files.setAttribute(file, "unix:mode", before);
    own(file, Nobody.ID);
    assertTrue(ask(command).startsWith("done ActiveOperations[reads=0, writes=0]"));
    home.repair();
  }

  @Test
  void config_unreadable_isRefusedUntilItIsReadable() throws IOException {
    expectRefused("read", "ConfigUnavailable", home.config(), 0600);
    expectRefused("update", "ConfigUnavailable", home.config(), 0600);
  }

  @Test
  void configDirectory_notWritable_refusesSaves() throws IOException {
    expectRefused("update", "ConfigUnavailable", home.directory(), 0755);
  }

  @Test
  void configLock_notWritable_isRefused() throws IOException {
    expectRefused("read", "LockUnavailable", home.directory().resolve(".datastore.lck"), 0644);
  }

  @Test
  void maintenanceLock_notWritable_refusesTasks() throws IOException {
    expectRefused("offline", "LockUnavailable", home.run().resolve("locks/store1.lck"), 0644);
  }

  @Test
  void generationPage_readOnly_isRefused() throws IOException {
    expectRefused("read", "GenerationUnavailable", home.run().resolve("config-versions"), 0444);
  }

  @Test
  void runDirectory_notWritable_isRefused() throws IOException {
    expectRefused("read", "LedgerUnavailable", home.run(), 0755);
  }

  @Test
  void chunkStore_unreadable_isRefused() throws IOException {
    expectRefused("read", "OpenFailed", home.store("store1").resolve(".lock"), 0600);
    expectRefused("read", "OpenFailed", home.store("store1"), 0700);
  }

  /** Its process lives: nobody may take it for dead, or for idle. */
  @Test
  void ledgerOfAnother_unreadable_stopsDecisions() throws IOException {
    SharedAccess access = SharedAccess.defaults().withOwner(String.valueOf(Nobody.ID));
    DatastoreRegistry other = Home.open(PosixPorts.of(home.config(), home.run(), true, access));
    other.lookup("store1", Operation.READ).close();
    Path ledger = home.ledgers().get(0);
    Files.setAttribute(ledger, "unix:uid", 0); // opens nothing, so its lock stays
    String answer = ask("count");
    assertTrue(answer.startsWith("LedgerUnavailable: "), answer);
    assertTrue(answer.contains(ledger.toString()), answer);
    assertTrue(Files.exists(ledger));
    home.close(other);
    assertEquals("done", ask("count").substring(0, 4));
  }
}
