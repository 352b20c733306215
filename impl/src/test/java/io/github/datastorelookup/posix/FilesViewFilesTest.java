package io.github.datastorelookup.posix;

import static io.github.datastorelookup.posix.Failures.assertFails;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.port.MountTable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which files an installation has, as an inspection looks at them. */
@Timeout(60)
final class FilesViewFilesTest {
  private static final String UUID = "b94b3b6a-0000-4000-8000-000000000001";

  private final Path config;
  private final Path run;
  private final FilesView files;

  FilesViewFilesTest(@TempDir Path given) throws IOException {
    Path directory = given.toRealPath();
    config = directory.resolve("datastore.cfg");
    run = Files.createDirectory(directory.resolve("run"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
    files = new FilesView(link.resolve("datastore.cfg"), link.resolve("run"));
  }

  @Test
  void paths_throughALink_areThoseOfTheFiles() {
    assertEquals(config, files.configFile());
    assertEquals(run, files.runDirectory());
    assertEquals(run.resolve("config-versions"), files.pageFile());
    assertEquals(run.resolve("locks/store1.lck"), files.maintenanceLock("store1"));
    assertThrows(IllegalArgumentException.class, () -> files.maintenanceLock("../x"));
  }

  @Test
  void configLock_beforeAndAfterItIsMade_isTheHiddenFileBesideTheConfig() throws IOException {
    Path lock = config.resolveSibling(".datastore.lck");
    try (ReadLock view = files.configLock()) {
      assertEquals(lock.toString(), view.path());
      assertThrows(NoSuchFileException.class, view::identity);
      Files.createFile(lock);
      assertEquals(SharedFiles.identity(lock), view.identity());
    }
  }

  /** Java throws what names no file then. */
  @Test
  void configLock_whenOtherCodeOfThisJvmHasIt_isBusy() throws IOException {
    Path lock = Files.createFile(config.resolveSibling(".datastore.lck"));
    try (FileChannel other = FileChannel.open(lock, WRITE);
        ReadLock view = files.configLock()) {
      FileLock held = other.lock();
      assertFalse(view.tryLock());
      held.release();
      assertTrue(view.tryLock());
    }
  }

  @Test
  void readConfig_fileMissingOrNone_isItsBytesOrFails() throws IOException {
    assertThrows(NoSuchFileException.class, files::readConfig);
    byte[] text = "text\n".getBytes(UTF_8);
    Files.write(config, text);
    assertArrayEquals(text, files.readConfig());
    assertEquals(SharedFiles.identity(config), files.identity(config));
    Files.delete(config);
    Files.createDirectory(config);
    assertFails(files::readConfig, config, "is not a regular file");
  }

  @Test
  void ledgers_ofTheRunDirectory_areSorted() throws IOException {
    Path second = Files.createFile(run.resolve("2-0-0-000000000000000a.ops"));
    Path first = Files.createFile(run.resolve("1-0-0-000000000000000a.ops"));
    Files.createFile(run.resolve("config-versions"));
    assertEquals(List.of(first, second), files.ledgers());
  }

  @Test
  void ownerLives_ofAFile_tellsItsLock() throws IOException {
    Path ledger = Files.createFile(run.resolve("1-0-0-000000000000000a.ops"));
    assertFalse(files.ownerLives(ledger));
    try (FileChannel channel = FileChannel.open(ledger, StandardOpenOption.WRITE)) {
      assertTrue(channel.tryLock().isValid());
      assertTrue(files.ownerLives(ledger));
    }
    Files.delete(ledger);
    assertThrows(NoSuchFileException.class, () -> files.ownerLives(ledger));
  }

  /** Nothing was ever locked through it, so only a process that runs makes it a fault. */
  @Test
  void ownerLives_ofALink_isFalseOrRefused() throws IOException {
    Path ofNone = Files.createSymbolicLink(run.resolve("1-0-0-000000000000000a.ops"), config);
    assertFalse(files.ownerLives(ofNone));
    Path ofThis = run.resolve(ProcessId.self(ProcessId.PROC) + "-000000000000000a.ops");
    Files.createSymbolicLink(ofThis, config);
    assertFails(() -> files.ownerLives(ofThis), ofThis, "lost its lock on this ledger");
  }

  @Test
  void mounts_ofThisSystem_tellWhatIsMountedNowhere() throws IOException {
    MountTable mounts = FilesView.mounts();
    assertEquals(MountTable.Status.NOT_MOUNTED, mounts.status(UUID, run + "/nothing is here"));
  }
}
