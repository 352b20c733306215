package io.github.datastorelookup.posix;

import static io.github.datastorelookup.posix.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.port.Generations.Generation;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class PosixGenerationsTest {
  private static final byte[] MAGIC = HexFormat.of().parseHex("19c6a8e69a848f83");

  private final Path directory;
  private final Path path;
  private final PosixGenerations generations;

  PosixGenerationsTest(@TempDir Path directory) {
    this.directory = directory;
    path = directory.resolve("run/config-versions");
    generations = generations(true);
  }

  private PosixGenerations generations(boolean create) {
    return new PosixGenerations(
        directory.resolve("run"), create, SharedAccess.defaults(), new OwnerThread());
  }

  private Generation open() throws IOException {
    return Objects.requireNonNull(generations.open());
  }

  @Test
  void open_missingAndNotToBeCreated_isNull() throws IOException {
    assertNull(generations(false).open());
    assertFalse(Files.exists(directory.resolve("run")));
  }

  @Test
  void open_missingAndToBeCreated_makesACompletePage() throws IOException {
    Generation generation = open();
    assertEquals(0, generation.get());
    assertTrue(generation.inPlace());
    byte[] page = Files.readAllBytes(path);
    assertEquals(4096, page.length);
    assertArrayEquals(MAGIC, Arrays.copyOf(page, 8));
    assertArrayEquals(new byte[4088], Arrays.copyOfRange(page, 8, 4096));
    assertEquals("660", Modes.of(path));
    try (Stream<Path> files = Files.list(path.getParent())) {
      assertEquals(List.of(path), files.toList());
    }
  }

  @Test
  void increment_returnsTheNewValue_andTouchesOnlyItsCounter() throws IOException {
    Generation generation = open();
    assertEquals(1, generation.increment());
    assertEquals(2, generation.increment());
    assertEquals(2, generation.get());
    ByteBuffer page = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.nativeOrder());
    assertEquals(2, page.getLong(24));
    assertEquals(0, page.getLong(16));
    assertEquals(0, page.getLong(32));
  }

  @Test
  void increment_highestValue_wrapsAsUnsigned() throws IOException {
    writePage(page -> page.putLong(24, -1));
    Generation generation = open();
    assertEquals(-1, generation.get());
    assertEquals(0, generation.increment());
  }

  @Test
  void open_existingPage_isUsedAsItIs() throws IOException {
    writePage(page -> page.putLong(24, 41));
    assertEquals(42, open().increment());
  }

  @Test
  void increment_byAnotherProcess_isSeen() throws IOException {
    Generation generation = open();
    try (Child child = Child.start(directory)) {
      assertEquals("1", child.ask("increment"));
      assertEquals(1, generation.get());
      assertEquals(2, generation.increment());
      assertEquals("2", child.ask("generation"));
    }
  }

  @Test
  void open_interruptPending_worksAndKeepsTheFlag() throws IOException {
    Thread.currentThread().interrupt();
    Generation generation = generations.open();
    assertTrue(Thread.interrupted());
    assertEquals(1, Objects.requireNonNull(generation).increment());
  }

  @Test
  void open_shortPage_failsAndDoesNotLengthenIt() throws IOException {
    Files.createDirectory(path.getParent());
    Files.write(path, Arrays.copyOf(MAGIC, 4095));
    assertRefused("size=4095");
    assertEquals(4095, Files.size(path));
  }

  @Test
  void open_wrongMagic_fails() throws IOException {
    writePage(page -> page.put(7, (byte) 0));
    assertRefused("magic");
  }

  @Test
  void open_symbolicLink_fails() throws IOException {
    writePage(page -> page.putLong(24, 41));
    Files.createSymbolicLink(path, Files.move(path, path.resolveSibling("elsewhere")));
    assertRefused("symbolic link");
  }

  @Test
  void open_directoryInTheWay_fails() throws IOException {
    Files.createDirectories(path);
    assertRefused("not a regular file");
  }

  @Test
  void open_readOnlyFileSystem_fails(@TempDir Path parent) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(parent, 64)) {
      Path page = disk.path().resolve("config-versions");
      Files.write(page, GenerationLayout.newPage());
      disk.remountReadOnly();
      var readOnly =
          new PosixGenerations(disk.path(), true, SharedAccess.defaults(), new OwnerThread());
      assertFails(readOnly::open, page, "Read-only");
    }
  }

  @Test
  void open_diskFull_failsAndLeavesNothing(@TempDir Path parent) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(parent, 4)) {
      Files.write(disk.path().resolve("fill"), new byte[4096]);
      var full =
          new PosixGenerations(disk.path(), true, SharedAccess.defaults(), new OwnerThread());
      assertFails(full::open, "No space left", "config-versions");
      try (Stream<Path> files = Files.list(disk.path())) {
        assertEquals(1, files.count());
      }
    }
  }

  @Test
  void inPlace_pageReplacedOrDeleted_isFalse() throws IOException {
    Generation first = open();
    Files.move(path, path.resolveSibling("old"));
    assertFalse(first.inPlace());
    Generation second = open();
    assertFalse(first.inPlace());
    assertTrue(second.inPlace());
    assertNotEquals(first.identity(), second.identity());
  }

  @Test
  void fault_ofEachKind_saysWhatIsWrong() throws IOException {
    Generation generation = open();
    generation.increment();
    assertTrue(generation.inPlace());
    assertNull(generation.fault());
    byte[] good = Files.readAllBytes(path);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(4095);
      expectFault(generation, "was cut short: size=4095");
      file.setLength(0);
      expectFault(generation, "was cut short: size=0");
      file.setLength(4096);
      file.write(0);
      expectFault(generation, "was overwritten");
      file.seek(0);
      file.write(good);
      file.seek(24);
      file.writeLong(0);
      expectFault(generation, "went back: generation=0 before=1");
      file.seek(0);
      file.write(good);
    }
    assertTrue(generation.inPlace());
    assertNull(generation.fault());
    Files.delete(path);
    expectFault(generation, "is no longer at its path");
  }

  private static void expectFault(Generation generation, String fault) throws IOException {
    assertFalse(generation.inPlace());
    assertEquals(fault, generation.fault());
  }

  private interface Change {
    ByteBuffer on(ByteBuffer page);
  }

  private void writePage(Change change) throws IOException {
    Files.createDirectories(path.getParent());
    ByteBuffer page = ByteBuffer.allocate(4096).order(ByteOrder.nativeOrder()).put(0, MAGIC);
    Files.write(path, change.on(page).array());
  }

  private void assertRefused(String reason) {
    assertFails(generations::open, path, reason);
  }

  /** Before it is touched: an access behind the end ends the JVM. */
  @Test
  @Tag("INV-13")
  @Tag("kills:generation-that-went-back-not-noticed")
  void inPlace_pageCutShortOverwrittenOrOlder_isFalse() throws IOException {
    Generation generation = open();
    generation.increment();
    assertTrue(generation.inPlace());
    byte[] good = Files.readAllBytes(path);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(0);
      assertFalse(generation.inPlace());
      file.setLength(good.length);
      assertFalse(generation.inPlace());
      file.write(good);
      assertTrue(generation.inPlace());
      file.seek(24);
      file.writeLong(0);
    }
    assertFalse(generation.inPlace());
  }
}
