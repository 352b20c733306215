package io.github.datastorelookup.posix;

import static io.github.datastorelookup.posix.Failures.assertFails;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class PosixConfigFileTest {
  private static final byte[] OLD = "old\n".getBytes(UTF_8);
  private static final byte[] NEW = "new\n".getBytes(UTF_8);

  private final Path path;
  private final PosixConfigFile file;

  PosixConfigFileTest(@TempDir Path directory) {
    path = directory.resolve("datastore.cfg");
    file = newFile(path);
  }

  @Test
  void read_missingFile_isNull() throws IOException {
    assertNull(file.read());
  }

  @Test
  void read_existingFile_isItsBytes() throws IOException {
    Files.write(path, OLD);
    assertArrayEquals(OLD, file.read());
  }

  @Test
  void read_directory_failsWithItsName() throws IOException {
    Files.createDirectory(path);
    assertFails(file::read, path);
  }

  /** A pipe would be waited for, and a device never ends. */
  @Test
  void read_pipeOrDevice_failsWithItsName() throws Exception {
    assertEquals(0, new ProcessBuilder("mkfifo", path.toString()).start().waitFor());
    assertFails(file::read, path, "not a regular file");
    Files.delete(path);
    Path device = Path.of("/dev/zero");
    Files.createSymbolicLink(path, device);
    PosixConfigFile link = newFile(path);
    assertFails(link::read, device, "not a regular file");
    Files.delete(path);
  }

  /** Another file has another lock beside it. */
  @Test
  @Tag("INV-2")
  @Tag("kills:link-that-leads-elsewhere-followed")
  void readAndReplace_linkThatLeadsElsewhereLater_failWithBothNames() throws IOException {
    Path first = Files.createDirectories(path.resolveSibling("first")).resolve("datastore.cfg");
    Path second = Files.createDirectories(path.resolveSibling("second")).resolve("datastore.cfg");
    Files.write(first, OLD);
    Files.write(second, OLD);
    Files.createSymbolicLink(path, first);
    PosixConfigFile link = newFile(path);
    assertEquals(first.toString(), link.path());
    link.replace(NEW);
    assertTrue(Files.isSymbolicLink(path));
    assertArrayEquals(NEW, Files.readAllBytes(first));
    Files.delete(path);
    Files.createSymbolicLink(path, second);
    assertFails(link::read, path, "now leads to another file", first, second);
    assertFails(() -> link.replace(NEW), path, "now leads to another file", first, second);
    assertArrayEquals(OLD, Files.readAllBytes(second));
  }

  private static PosixConfigFile newFile(Path path) {
    return new PosixConfigFile(path, SharedAccess.defaults(), new OwnerThread());
  }

  @Test
  void readAndReplace_moreThanTheMost_failWithTheName() throws IOException {
    try (FileChannel sparse = FileChannel.open(path, CREATE_NEW, WRITE)) {
      sparse.write(ByteBuffer.wrap(OLD), PosixConfigFile.MAX_SIZE);
    }
    assertFails(file::read, path, "too long", PosixConfigFile.MAX_SIZE);
    Files.write(path, OLD);
    assertFails(() -> file.replace(new byte[PosixConfigFile.MAX_SIZE + 1]), path, "too long");
    assertArrayEquals(OLD, file.read());
  }

  @Test
  void requireSize_ofTheLongestFile_isItsContent() throws IOException {
    byte[] longest = new byte[PosixConfigFile.MAX_SIZE];
    assertSame(longest, PosixConfigFile.requireSize(path, longest));
  }

  @Test
  void requireDirectory_missingOrNone_failsByName() throws IOException {
    file.requireDirectory();
    Path missing = path.resolveSibling("missing");
    assertFails(
        () -> newFile(missing.resolve("datastore.cfg")).requireDirectory(),
        missing,
        "no such directory");
    assertFails(() -> newFile(Path.of("/")).requireDirectory(), "/: is not a file");
  }

  @Test
  void read_danglingLink_failsInsteadOfEmpty() throws IOException {
    Files.createSymbolicLink(path, path.resolveSibling("nowhere"));
    assertFails(file::read, path);
  }

  /** A saver holds the config lock, so these savers are dead; makers of other files may live. */
  @Test
  void replace_afterSaversThatDied_deletesTheirTemporaryFilesOnly() throws IOException {
    for (String dead : List.of("0123456789abcdef", "ffffffffffffffff")) {
      Path left = path.resolveSibling(".datastore.cfg." + dead + ".tmp");
      Files.createFile(Files.createDirectory(left).resolve("fedcba9876543210"));
    }
    List<Path> others = new ArrayList<>(List.of(path));
    for (String other :
        List.of(
            ".datastore.lck.0123456789abcdef.tmp",
            ".datastore.cfg.0123456789ABCDEF.tmp",
            ".datastore.cfg.0123456789abcde.tmp",
            ".datastoreXcfg.0123456789abcdef.tmp",
            "x.datastore.cfg.0123456789abcdef.tmp")) {
      others.add(Files.createFile(path.resolveSibling(other)));
    }
    file.replace(NEW);
    others.sort(null);
    assertEquals(others, siblings().stream().sorted().toList());
    Path stuck = path.resolveSibling(".datastore.cfg.0123456789abcdef.tmp");
    Files.createDirectories(stuck.resolve("full"));
    file.replace(OLD);
    assertArrayEquals(OLD, file.read(), "what cannot be deleted refuses no save");
  }

  /** The maker of a lock file holds no config lock, so it may still be at work. */
  @Test
  void replace_besideDirectoriesOfOthers_keepsThem() throws IOException {
    Path atWork = path.resolveSibling(".datastore.lck.0123456789abcdef.tmp");
    Path its = Files.createFile(Files.createDirectory(atWork).resolve("fedcba9876543210"));
    Path empty = Files.createDirectory(path.resolveSibling("store1"));
    file.replace(NEW);
    assertTrue(Files.exists(its));
    assertTrue(Files.exists(empty));
  }

  /** To open the pipe as a directory would wait for a writer, with the config lock held. */
  @Test
  @Tag("INV-11")
  @Tag("kills:leftovers-opened-whatever-they-are")
  void replace_otherThingsWithNamesOfTemporaryFiles_areKeptAndNotOpened() throws Exception {
    String leftover = ".datastore.cfg.%016x.tmp";
    List<Path> kept = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      kept.add(path.resolveSibling(String.format(Locale.ROOT, leftover, i)));
    }
    assertEquals(0, new ProcessBuilder("mkfifo", kept.get(0).toString()).start().waitFor());
    assertTimeoutPreemptively(Duration.ofSeconds(10), () -> file.replace(OLD), "INV-11: waits");
    Files.createFile(kept.get(1));
    Files.createSymbolicLink(kept.get(2), path.resolveSibling("nowhere"));
    for (int i = 4; i < 20; i++) { // some of them are listed behind the others
      Files.createDirectory(path.resolveSibling(String.format(Locale.ROOT, leftover, i)));
    }
    file.replace(NEW);
    kept.add(path);
    assertEquals(kept, siblings().stream().sorted().toList());
  }

  @Test
  void replace_missingAndExisting_leavesNewBytesModeAndNothingElse() throws IOException {
    file.replace(OLD);
    file.replace(NEW);
    assertArrayEquals(NEW, file.read());
    assertEquals("640", Modes.of(path));
    assertEquals(List.of(path), siblings());
  }

  @Test
  void replace_fileOfAnotherGroup_keepsTheGroup() throws IOException {
    file.replace(OLD);
    OtherUser.own(path, "gid", 34);
    file.replace(NEW);
    assertEquals(34, Files.getAttribute(path, "unix:gid"));
    assertEquals("640", Modes.of(path));
  }

  @Test
  void replace_withAGroup_givesItThatInPlaceOfTheOldOne() throws IOException {
    file.replace(OLD);
    OtherUser.own(path, "gid", 34);
    SharedAccess access = SharedAccess.defaults().withGroup(String.valueOf(OtherUser.ID));
    new PosixConfigFile(path, access, new OwnerThread()).replace(NEW);
    assertEquals(OtherUser.ID, Files.getAttribute(path, "unix:gid"));
  }

  @Test
  void replace_isARename_readersOfTheOldFileKeepIt() throws IOException {
    file.replace(OLD);
    try (var reader = Files.newInputStream(path)) {
      file.replace(NEW);
      assertArrayEquals(OLD, reader.readAllBytes());
    }
  }

  @Test
  void replace_directoryInTheWay_failsWithItsNameAndLeavesNoTemp() throws IOException {
    Files.createDirectories(path.resolve("not-empty"));
    assertFails(() -> file.replace(NEW), path);
    assertEquals(List.of(path), siblings());
  }

  @Test
  void replace_diskFull_keepsOldBytesAndLeavesNoTemp(@TempDir Path parent) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(parent, 64)) {
      Path onDisk = disk.path().resolve("datastore.cfg");
      PosixConfigFile small = newFile(onDisk);
      small.replace(OLD);
      assertFails(() -> small.replace(new byte[128 * 1024]), onDisk);
      assertArrayEquals(OLD, small.read());
      try (Stream<Path> left = Files.list(disk.path())) {
        assertEquals(List.of(onDisk), left.toList());
      }
    }
  }

  @Test
  void readAndReplace_interruptPending_workAndKeepTheFlag() throws IOException {
    Thread.currentThread().interrupt();
    try {
      file.replace(NEW);
      assertTrue(Thread.currentThread().isInterrupted());
      assertArrayEquals(NEW, file.read());
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  private List<Path> siblings() throws IOException {
    try (Stream<Path> files = Files.list(path.getParent())) {
      return files.toList();
    }
  }
}
