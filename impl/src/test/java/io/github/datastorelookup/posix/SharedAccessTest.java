package io.github.datastorelookup.posix;

import static io.github.datastorelookup.posix.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreException.LockUnavailable;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.config.MaintenanceMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Owner, group and mode of shared files, and which directories are trusted. */
@Tag("INV-14")
final class SharedAccessTest {
  private final Path directory;
  private final Path run;

  SharedAccessTest(@TempDir Path directory) {
    this.directory = directory;
    this.run = directory.resolve("run");
  }

  private DatastoreRegistry open(SharedAccess access) {
    return DatastoreRegistry.builder(
            PosixPorts.of(directory.resolve("datastore.cfg"), run, true, access))
        .withoutWatcher()
        .open();
  }

  @Test
  @Tag("kills:run-directory-of-any-user")
  void open_runDirectoryThatOthersMayWrite_isRefusedWithTheRemedy() throws IOException {
    Files.createDirectory(run);
    for (int mode : new int[] {0777, 01777, 0702}) {
      Files.setAttribute(run, "unix:mode", mode);
      expectRefused("is writable by all users: run chmod o-w on it");
    }
    Files.setAttribute(run, "unix:mode", 0770);
    expectRefused("is writable by its group and not sticky: run chmod +t on it");
    for (int mode : new int[] {01770, 0750, 0755, 0700}) {
      Files.setAttribute(run, "unix:mode", mode);
      open(SharedAccess.defaults()).close();
    }
  }

  private void expectRefused(String reason) {
    DatastoreException refused =
        assertThrows(DatastoreException.class, () -> open(SharedAccess.defaults()));
    assertTrue(String.valueOf(refused.getMessage()).contains(run + ": " + reason), "" + refused);
  }

  /** In a sticky directory a member of the group can still make what is not there yet. */
  @Test
  void maintenance_locksIsALinkOrMayBeWritten_isRefused() throws IOException {
    Path store = Files.createDirectory(directory.resolve("store1"));
    Files.createFile(store.resolve(".lock"));
    Files.writeString(
        directory.resolve("datastore.cfg"), "datastore: store1\n\tpath " + store + "\n");
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    try (DatastoreRegistry registry = open(SharedAccess.defaults())) {
      Path locks = Files.createSymbolicLink(run.resolve("locks"), elsewhere);
      expectRefused(registry, locks + ": is not a directory");
      Files.delete(locks);
      Files.createDirectory(locks);
      Files.setAttribute(locks, "unix:mode", 0770);
      expectRefused(registry, locks + ": is writable by its group");
      Files.delete(locks);
      registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
      assertEquals("1770", Modes.of(locks));
    }
  }

  private static void expectRefused(DatastoreRegistry registry, String reason) {
    LockUnavailable refused =
        assertThrows(
            LockUnavailable.class,
            () -> registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null));
    assertTrue(String.valueOf(refused.getMessage()).contains(reason), "" + refused);
  }

  @Test
  void open_withAMode_givesItToEveryFile() throws IOException {
    try (DatastoreRegistry registry = open(SharedAccess.defaults().withMode(0600))) {
      registry.config();
      assertEquals("1700", Modes.of(run));
      assertEquals("600", Modes.of(run.resolve("config-versions")));
      assertEquals("600", Modes.of(run.resolve("config-use")));
      assertEquals("600", Modes.of(directory.resolve(".datastore.use")));
      assertEquals("600", Modes.of(directory.resolve(".datastore.lck")));
    }
  }

  @Test
  void options_thatAreNone_areRefusedWithTheirValue() {
    SharedAccess access = SharedAccess.defaults();
    for (int mode : new int[] {0, 0066, 0666, 0777, 0760, 02660}) {
      expectIllegal("mode=0" + Integer.toOctalString(mode), () -> access.withMode(mode));
    }
    expectIllegal("owner=no such user", () -> access.withOwner("no such user"));
    expectIllegal("group=no such group", () -> access.withGroup("no such group"));
  }

  private static void expectIllegal(String named, Runnable call) {
    String message =
        String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
    assertTrue(message.contains(named), message);
  }

  @Test
  void requireTrusted_ofNoDirectory_fails() throws IOException {
    Files.createFile(run);
    assertFails(
        () -> SharedFiles.openDirectory(run, SharedAccess.defaults()), run, "is not a directory");
  }

  @Test
  void mode_ofAll_isOneOfSixOrRefused() {
    Set<Integer> allowed = Set.of(0600, 0640, 0660, 0604, 0644, 0664);
    for (int mode = 0; mode <= 0777; mode++) {
      int each = mode;
      if (allowed.contains(mode)) {
        assertEquals(mode, SharedAccess.defaults().withMode(mode).mode());
      } else {
        String message =
            assertThrows(
                    IllegalArgumentException.class,
                    () -> SharedAccess.defaults().withMode(each),
                    () -> Integer.toOctalString(each))
                .getMessage();
        assertEquals(
            "mode=0"
                + Integer.toOctalString(mode)
                + " is not 0600, 0640, 0660 or one of these + 04",
            message);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> SharedAccess.defaults().withMode(01660));
  }

  @Test
  @SuppressWarnings("NullAway") // which spares only callers that it compiles
  void owner_orGroupIsNull_isRefusedByName() {
    SharedAccess access = SharedAccess.defaults();
    assertNamed("user", () -> access.withOwner(null));
    assertNamed("name", () -> access.withGroup(null));
  }

  @Test
  @SuppressWarnings("NullAway") // which spares only callers that it compiles
  void ports_ofNull_areRefusedByName() {
    Path config = directory.resolve("datastore.cfg");
    SharedAccess access = SharedAccess.defaults();
    assertNamed("configFile", () -> PosixPorts.of(null, run, true));
    assertNamed("runDirectory", () -> PosixPorts.of(config, null, true));
    assertNamed("configFile", () -> PosixPorts.of(null, run, true, access));
    assertNamed("runDirectory", () -> PosixPorts.of(config, null, true, access));
    assertNamed("access", () -> PosixPorts.of(config, run, true, null));
  }

  private static void assertNamed(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }

  /** Its lock file would be one of the working directory. */
  @Test
  void ports_ofAConfigWithoutAFileName_areRefused() {
    for (String path : List.of("", "/", ".", "..", "a/..")) {
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class, () -> PosixPorts.of(Path.of(path), run, true));
      assertEquals("config file has no file name: path=" + path, refused.getMessage());
    }
    assertFalse(Files.exists(run));
  }
}
