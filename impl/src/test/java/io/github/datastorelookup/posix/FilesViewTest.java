package io.github.datastorelookup.posix;

import static io.github.datastorelookup.posix.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.port.LedgerDirectory.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Looking, without being noticed. */
@Timeout(60)
final class FilesViewTest {
  private final Path directory;
  private final FilesView files;

  FilesViewTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectory(directory.resolve("run"));
    files = new FilesView(directory.resolve("datastore.cfg"), directory.resolve("run"));
  }

  @Test
  void ledger_ofALivingThenAKilledProcess_livesThenNotAndStays() throws IOException {
    try (Child child = Child.start(directory)) {
      Path path = Path.of(child.ask("ledger"));
      child.ask("append store 1030");
      child.ask("add store1029 5");
      LedgerView view = files.ledger(path);
      assertEquals(child.pid(), view.pid());
      assertEquals(1030, view.words().size());
      assertEquals((1L << 61) + 5, view.words().get("store1029"));
      assertTrue(view.ownerLives());
      assertTrue(view.ownerLives());
      child.kill();
      assertFalse(view.ownerLives());
      assertFalse(view.ownerLives());
      assertTrue(Files.exists(path));
    }
  }

  /** Its lock would be gone after the look, and the process be dead to all others. */
  @Test
  void ledger_ofThisJvm_isNotOpened() throws IOException {
    PosixLedgers ledgers =
        new PosixLedgers(directory.resolve("run"), SharedAccess.defaults(), new OwnerThread());
    try (Ledger own = ledgers.create(null);
        Child child = Child.start(directory)) {
      assertFails(() -> files.ledger(Path.of(own.path())), "belongs to this JVM");
      assertEquals("false", child.ask("died"));
    }
  }

  @Test
  void ledger_closedProperlySinceItWasRead_isGone() throws IOException {
    try (Child child = Child.start(directory)) {
      LedgerView view = files.ledger(Path.of(child.ask("ledger")));
      child.ask("close-ledger");
      assertThrows(NoSuchFileException.class, view::ownerLives);
      assertThrows(NoSuchFileException.class, () -> files.ledger(view.path()));
    }
  }

  @Test
  void ledger_replacedSinceItWasRead_isNotProbed() throws IOException {
    try (Child child = Child.start(directory)) {
      LedgerView view = files.ledger(Path.of(child.ask("ledger")));
      Files.move(view.path(), directory.resolve("old"));
      Files.createFile(view.path());
      assertFails(view::ownerLives, "ledger was replaced");
    }
  }

  @Test
  void words_areACopy() throws IOException {
    try (Child child = Child.start(directory)) {
      Map<String, Long> words = files.ledger(Path.of(child.ask("ledger"))).words();
      assertThrows(UnsupportedOperationException.class, words::clear);
    }
  }

  @Test
  void configLock_excludesWhoChangesButNotWhoLooks() throws IOException {
    try (Child child = Child.start(directory);
        ReadLock lock = files.configLock()) {
      assertThrows(NoSuchFileException.class, lock::tryLock);
      assertEquals("true", child.ask("lock config"));
      assertFalse(lock.tryLock());
      child.ask("unlock config");
      assertTrue(lock.tryLock());
      assertEquals("false", child.ask("lock config"));
      lock.unlock();
      assertEquals("true", child.ask("lock config"));
    }
  }

  @Test
  void configLock_closed_isGivenBack() throws IOException {
    try (Child child = Child.start(directory)) {
      child.ask("lock config");
      child.ask("unlock config");
      try (ReadLock lock = files.configLock()) {
        assertTrue(lock.tryLock());
      }
      assertEquals("true", child.ask("lock config"));
    }
  }

  @Test
  void configLock_ofThisJvm_isNotOpened() throws IOException {
    PosixLocks locks =
        new PosixLocks(
            directory.resolve("datastore.cfg"), directory.resolve("run"), SharedAccess.defaults());
    try (Child child = Child.start(directory);
        ReadLock lock = files.configLock()) {
      assertTrue(locks.config().tryLock());
      assertFails(lock::tryLock, "in use in this JVM");
      assertEquals("false", child.ask("lock config"));
      locks.config().unlock();
    }
    locks.close();
  }

  @Test
  void configLock_replacedWhileWaiting_fails() throws IOException {
    try (Child child = Child.start(directory);
        ReadLock lock = files.configLock()) {
      child.ask("lock config");
      assertFalse(lock.tryLock());
      Files.move(directory.resolve(".datastore.lck"), directory.resolve("old"));
      assertFails(lock::tryLock, "was replaced");
    }
  }

  @Test
  void page_isReadAsItChanges() throws IOException {
    try (Child child = Child.start(directory)) {
      assertThrows(NoSuchFileException.class, files::page);
      assertEquals("0", child.ask("generation"));
      assertEquals(0, files.page().generation());
      child.ask("increment");
      assertEquals(1, files.page().generation());
      assertEquals(SharedFiles.identity(files.pageFile()), files.page().identity());
    }
  }
}
