package io.github.datastorelookup.posix;

import static io.github.datastorelookup.posix.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.port.ChunkStores.ChunkStore;
import io.github.datastorelookup.port.ChunkStores.Guard;
import io.github.datastorelookup.port.FileIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class PosixChunkStoresTest {
  private final Path directory;
  private final String path;
  private final Path lock;
  private final PosixChunkStores stores =
      new PosixChunkStores(FileSystems.getDefault(), SharedAccess.defaults());

  PosixChunkStoresTest(@TempDir Path directory) {
    this.directory = directory;
    path = directory.resolve("deep/store1").toString();
    lock = Path.of(path, ".lock");
  }

  @Test
  void identify_whatIsNoAbsolutePath_fails() {
    for (String wrong : List.of("relative/dir", "", "/a\0b")) {
      assertThrows(IOException.class, () -> stores.identify(wrong));
      assertThrows(IOException.class, () -> stores.create(wrong));
    }
  }

  @Test
  void requirePath_looksAtNoFile() throws IOException {
    stores.requirePath("/no such/place");
    assertThrows(IOException.class, () -> stores.requirePath("relative"));
    assertThrows(IOException.class, () -> stores.requirePath("/a\0b"));
  }

  @Test
  void create_missing_makesDirectoryAndLock() throws IOException {
    stores.create(path);
    assertEquals("770", Modes.of(Path.of(path)));
    assertEquals("664", Modes.of(lock));
  }

  @Test
  void create_existing_staysAndItsLocksToo() throws IOException {
    ChunkStore store = openNew();
    assertNotNull(store.tryExclusive());
    stores.create(path);
    assertEquals(store.identity(), stores.identify(path));
    assertOthersGet("shared", "false");
    store.close();
  }

  @Test
  void create_somethingElseInTheWay_fails() throws IOException {
    Files.createDirectories(lock);
    assertFails(() -> stores.create(path), lock.toString());
    Files.writeString(directory.resolve("file"), "");
    assertThrows(IOException.class, () -> stores.create(directory.resolve("file").toString()));
  }

  @Test
  void identify_missingLinkOrDirectory_fails() throws IOException {
    assertFails(() -> stores.identify(path), lock.toString());
    Files.createDirectories(lock.getParent());
    Files.createSymbolicLink(lock, Files.createFile(directory.resolve("target")));
    assertFails(() -> stores.identify(path), "symbolic link");
    Files.delete(lock);
    Files.createDirectory(lock);
    assertFails(() -> stores.identify(path), "not a regular file");
  }

  @Test
  void identify_throughALinkedDirectory_isTheSameFile() throws IOException {
    stores.create(path);
    Path alias = Files.createSymbolicLink(directory.resolve("alias"), Path.of(path));
    assertEquals(stores.identify(path), stores.identify(alias.toString()));
  }

  @Test
  void open_missing_failsAndCreatesNothing() throws IOException {
    Files.createDirectories(Path.of(path));
    FileIdentity some = new FileIdentity(1, 2);
    assertFails(() -> stores.open(path, some, true), lock.toString());
    assertFalse(Files.exists(lock));
  }

  @Test
  void open_anotherFileThanExpected_fails() throws IOException {
    stores.create(path);
    FileIdentity expected = stores.identify(path);
    Files.move(lock, lock.resolveSibling("old"));
    Files.createFile(lock);
    assertFails(() -> stores.open(path, expected, true), "not the expected file");
    assertFalse(Descriptors.isOpen(lock), "it was never opened: closing it could drop locks");
  }

  /** Closing it could drop locks of this process, which may have it open by another path. */
  @Test
  void open_replacedJustBeforeItIsOpened_isRefusedAndStaysOpenUnclaimed() throws IOException {
    stores.create(path);
    FileIdentity expected = stores.identify(path);
    Set<String> claims = Claims.all();
    FaultyFiles files = new FaultyFiles();
    PosixChunkStores faulty =
        new PosixChunkStores(files.wrap(directory).getFileSystem(), SharedAccess.defaults());
    files.actBefore("open", this::replaceLock);
    assertFails(() -> faulty.open(path, expected, true), lock, "is not the expected file");
    assertEquals(1, files.openChannels());
    assertEquals(claims, Claims.all());
    files.closeChannels();
  }

  private void replaceLock() {
    try {
      Files.move(lock, lock.resolveSibling("old"));
      Files.createFile(lock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is there already needs nothing to be written. */
  @Test
  void create_existingOnAReadOnlyDisk_staysAsItIs() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory, 64)) {
      String small = disk.path().resolve("store").toString();
      stores.create(small);
      FileIdentity before = stores.identify(small);
      disk.remountReadOnly();
      stores.create(small);
      assertEquals(before, stores.identify(small));
    }
  }

  @Test
  void outOfFiles_whereFilesCanBeOpened_isFalse() {
    assertFalse(stores.outOfFiles(new IOException("Too many open files")));
  }

  @Test
  void open_interruptPending_worksWithItsLocks() throws IOException {
    stores.create(path);
    Thread.currentThread().interrupt();
    ChunkStore store = stores.open(path, stores.identify(path), true);
    Guard first = store.tryShared();
    Guard second = store.tryShared();
    assertTrue(Thread.currentThread().isInterrupted());
    close(first);
    assertTrue(Thread.interrupted());
    assertOthersGet("exclusive", "false");
    close(second);
    assertOthersGet("exclusive", "true");
    store.close();
  }

  @Test
  void tryShared_twice_othersMayShareUntilTheLastGuardCloses() throws IOException {
    ChunkStore store = openNew();
    Guard first = store.tryShared();
    Guard second = store.tryShared();
    assertNull(store.tryExclusive(), "not even for this process");
    assertOthersGet("shared", "true");
    close(first);
    close(first);
    assertNull(store.tryExclusive(), "closing twice counts once");
    assertOthersGet("exclusive", "false");
    close(second);
    assertOthersGet("exclusive", "true");
    Guard exclusive = store.tryExclusive();
    assertNotNull(exclusive);
    store.close();
  }

  @Test
  void tryExclusive_held_excludesThisProcessAndOthers() throws IOException {
    ChunkStore store = openNew();
    Guard exclusive = store.tryExclusive();
    assertNotNull(exclusive);
    assertNull(store.tryExclusive());
    assertNull(store.tryShared());
    assertOthersGet("shared", "false");
    close(exclusive);
    close(exclusive);
    assertNotNull(store.tryShared());
    store.close();
  }

  @Test
  void tryShared_andTryExclusive_whileAnotherProcessHolds() throws IOException {
    ChunkStore store = openNew();
    try (Child child = Child.start(directory)) {
      assertEquals("true", child.ask("shared " + path));
      assertNull(store.tryExclusive());
      Guard shared = store.tryShared();
      assertNotNull(shared);
      close(shared);
      child.kill();
    }
    try (Child child = Child.start(directory)) {
      assertEquals("true", child.ask("exclusive " + path));
      assertNull(store.tryShared());
      assertNull(store.tryExclusive());
      child.kill();
      assertNotNull(store.tryExclusive());
    }
    store.close();
  }

  @Test
  void close_withGuards_dropsTheLocks_andLateGuardsAreHarmless() throws IOException {
    ChunkStore store = openNew();
    Guard shared = store.tryShared();
    store.close();
    store.close();
    assertOthersGet("exclusive", "true");
    close(shared);
    assertFails(store::tryShared, "closed");
    assertFails(store::tryExclusive, "closed");
  }

  @Test
  void open_secondOneOnTheSameFile_isRefusedAndTheFirstKeepsItsLocks() throws IOException {
    // The close of another descriptor would drop them: that is what the kernel does.
    ChunkStore first = openNew();
    assertNotNull(first.tryExclusive());
    assertFails(() -> stores.open(path, first.identity(), true), "already open in this JVM");
    assertOthersGet("exclusive", "false");
    first.close();
    assertOthersGet("exclusive", "true");
    stores.open(path, stores.identify(path), true).close();
  }

  @Test
  void open_onAReadOnlyDisk_isForReadingOnly() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory, 64)) {
      String small = disk.path().resolve("store").toString();
      stores.create(small);
      disk.remountReadOnly();
      assertFails(() -> stores.open(small, stores.identify(small), true), small, "ead-only");
      ChunkStore store = stores.open(small, stores.identify(small), false);
      assertFalse(store.writable());
      close(store.tryShared());
      assertFails(store::tryExclusive, small, "for reading only");
      store.close();
    }
    ChunkStore writable = openNew();
    writable.close();
    ChunkStore read = stores.open(path, stores.identify(path), false);
    assertTrue(read.writable(), "for READ too, if the disk allows it");
    read.close();
  }

  private ChunkStore openNew() throws IOException {
    stores.create(path);
    ChunkStore store = stores.open(path, stores.identify(path), true);
    assertEquals(path, store.path());
    assertEquals(stores.identify(path), store.identity());
    return store;
  }

  private void assertOthersGet(String kind, String expected) throws IOException {
    try (Child child = Child.start(directory)) {
      assertEquals(expected, child.ask(kind + " " + path));
    }
  }

  private static void close(@Nullable Guard guard) throws IOException {
    Objects.requireNonNull(guard).close();
  }
}
