package io.github.datastorelookup.posix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreException.LedgerUnavailable;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which files are one installation: other processes, by other names of the same files. */
@Timeout(60)
final class InstallationTest {
  private final Path directory;
  private final Path config;
  private final Path run;

  InstallationTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    config = directory.resolve("datastore.cfg");
    run = directory.resolve("run");
    Path store = Files.createDirectory(directory.resolve("store1"));
    Files.createFile(store.resolve(".lock"));
    Files.writeString(config, "datastore: store1\n\tpath " + store + "\n");
  }

  @Test
  @Tag("INV-3")
  @Tag("kills:any-pair-of-config-and-run-directory")
  void open_withAnotherRunDirectory_isRefusedUntilAllOthersAreGone() throws IOException {
    Path elsewhere = directory.resolve("run2");
    try (Child other = Child.start(directory);
        Child third = Child.start(directory)) {
      other.ask("ledger");
      third.ask("ledger");
      for (Child last : List.of(other, third)) {
        expectRefused(config, elsewhere, directory.resolve(".datastore.use"), run);
        last.kill(); // no process is left to say so
      }
    }
    open(config, elsewhere).close();
    open(config, run).close();
  }

  @Test
  void open_anotherConfigInOneRunDirectory_isRefusedUntilTheFirstIsGone() throws IOException {
    Path other = Files.createDirectory(directory.resolve("etc")).resolve("datastore.cfg");
    Files.copy(config, other);
    try (Child first = Child.start(directory)) {
      first.ask("ledger");
      expectRefused(other, run, run.resolve("config-use"), config);
      first.ask("close-ledger");
      open(other, run).close();
    }
  }

  /** The lock file beside a link would be another one, and a save would replace the link. */
  @Test
  @Tag("INV-3")
  @Tag("kills:config-by-the-name-given")
  void open_configByALink_hasTheLocksOfTheFile() throws IOException {
    Path link = Files.createDirectory(directory.resolve("etc")).resolve("datastore.cfg");
    Files.createSymbolicLink(link, config);
    try (Child other = Child.start(directory);
        DatastoreRegistry registry = open(link, run)) {
      assertEquals("true", other.ask("lock config"));
      assertThrows(
          DatastoreException.LockTimeout.class, () -> registry.lookup("store1", Operation.READ));
      other.ask("unlock config");
      registry.update("store1", Map.of("comment", "by a link"), List.of());
      assertTrue(Files.isSymbolicLink(link));
      assertTrue(Files.readString(config).contains("by a link"));
      try (Stream<Path> beside = Files.list(link.getParent())) {
        assertEquals(List.of(link), beside.toList());
      }
    }
  }

  /** A process that was killed while it wrote leaves any part of the text. */
  @Test
  void open_useFileIsTorn_isWrittenAnew() throws IOException {
    Path use = directory.resolve(".datastore.use");
    for (byte[] torn : List.of(new byte[0], "65024".getBytes(UTF_8), new byte[20_000])) {
      Files.write(use, torn);
      try (DatastoreRegistry registry = open(config, run)) {
        registry.lookup("store1", Operation.READ).close();
        assertTrue(Files.readString(use).endsWith(" " + run + "\n"));
      }
    }
  }

  @Test
  void useFile_isReplaced_isNoticedAsAReplacedLedgerIs() throws IOException {
    try (DatastoreRegistry registry = open(config, run)) {
      Files.delete(directory.resolve(".datastore.use"));
      assertThrows(
          DatastoreException.SharedStateReplaced.class,
          () -> registry.lookup("store1", Operation.READ));
    }
  }

  private void expectRefused(Path cfg, Path dir, Path named, Path theirs) throws IOException {
    String message =
        String.valueOf(assertThrows(LedgerUnavailable.class, () -> open(cfg, dir)).getMessage());
    assertTrue(message.contains(named + ": live processes use something else"), message);
    assertTrue(message.contains("theirs=" + theirs), message);
    try (Stream<Path> all = Files.list(dir)) {
      long ledgers = all.filter(each -> each.toString().endsWith(".ops")).count();
      assertFalse(ledgers > (dir.equals(run) ? 2 : 0), "the refused one left its ledger");
    }
  }

  private static DatastoreRegistry open(Path config, Path run) {
    return DatastoreRegistry.builder(PosixPorts.of(config, run, true))
        .lockTimeout(Duration.ofMillis(250))
        .withoutWatcher()
        .open();
  }
}
