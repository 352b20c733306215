package io.github.datastorelookup.posix;

import static io.github.datastorelookup.posix.Failures.assertFails;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.jvm.JvmSync;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The file that says what its users use: other programs lock, replace or close it. */
@Timeout(60)
final class UseFileTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path directory;
  private final Path path;
  private final Set<String> claims = Claims.all();
  private final FaultyFiles files = new FaultyFiles();
  private final Clock clock = new Clock();

  UseFileTest(@TempDir Path directory) {
    this.directory = directory;
    path = directory.resolve(".datastore.use");
  }

  /** Time passes by pauses only, and the thread is interrupted when it waited far too long. */
  private static final class Clock extends JvmSync {
    private Duration waited = Duration.ZERO;

    @Override
    public void pause(long nanos) throws InterruptedException {
      waited = waited.plusNanos(nanos);
      if (waited.compareTo(PATIENCE.multipliedBy(2)) > 0) {
        throw new InterruptedException();
      }
    }
  }

  private UseFile open() throws IOException {
    return UseFile.open(
        files.wrap(path),
        "key",
        Path.of("/run/it"),
        SharedAccess.defaults(),
        new OwnerThread(),
        clock);
  }

  private void expectNothingLeft() {
    assertEquals(0, files.openChannels());
    assertEquals(claims, Claims.all());
  }

  @Test
  void open_first_saysWhatItsUsersUse() throws IOException {
    try (UseFile use = open()) {
      assertTrue(use.inPlace());
      assertNull(use.fault());
    }
    assertEquals("key /run/it\n", Files.readString(path));
    assertEquals(Duration.ZERO, clock.waited);
    expectNothingLeft();
  }

  /** Java throws what names no file then. */
  @Test
  @Tag("INV-13")
  @Tag("kills:overlapping-lock-of-other-code")
  void open_whileOtherCodeOfThisJvmHasLockedTheFile_isRefusedByName() throws IOException {
    Files.createFile(path);
    try (FileChannel other = FileChannel.open(path, READ, WRITE)) {
      for (long position : new long[] {0, 1}) {
        String reason =
            position == 0 ? "another program" : "a program that does not finish opening";
        FileLock held = other.lock(position, 1, false);
        assertFails(this::open, path, "is locked by " + reason);
        held.release();
      }
    }
    open().close();
    expectNothingLeft();
  }

  @Test
  void open_whileAnotherProcessNeverFinishesOpening_isRefusedAfterTenSeconds() throws IOException {
    Files.createFile(path);
    try (Child child = Child.start(directory)) {
      assertEquals("true", child.ask("hold " + path));
      assertFails(this::open, path, "is locked by a program that does not finish opening");
      assertEquals(PATIENCE, clock.waited);
    }
    expectNothingLeft();
    open().close();
  }

  @Test
  void open_whileAnotherProgramHoldsTheLockOfUsers_isRefused() throws IOException {
    Files.createFile(path);
    try (Child child = Child.start(directory)) {
      assertEquals("true", child.ask("hold-first-byte " + path));
      assertFails(this::open, path, "is locked by another program");
    }
    expectNothingLeft();
    assertEquals(0, Files.size(path), "not ours to write");
  }

  @Test
  void inPlace_fileReplaced_isFalseAndSaysSo() throws IOException {
    try (UseFile use = open()) {
      Path old = Files.move(path, directory.resolve("old"));
      assertFalse(use.inPlace());
      assertEquals("uses file=" + path + ", which was replaced", use.fault());
      Files.createFile(path);
      assertFalse(use.inPlace());
      Files.delete(path);
      Files.move(old, path);
      assertTrue(use.inPlace());
      assertNull(use.fault());
    }
  }

  @Test
  void inPlace_channelClosed_isRefused() throws IOException {
    UseFile use = open();
    files.closeChannels();
    assertFails(use::inPlace, path, "lock was lost: its channel was closed");
    use.close();
    assertFails(use::inPlace, path, "lock was lost: its channel was closed");
    expectNothingLeft();
  }
}
