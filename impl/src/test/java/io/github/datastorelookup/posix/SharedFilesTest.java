package io.github.datastorelookup.posix;

import static io.github.datastorelookup.posix.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.datastorelookup.posix.SharedFiles.OpenFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SharedFilesTest {
  private static final int FILES = 3000;

  /** Each ledger goes like that, when its process ends while another one counts. */
  @Test
  void open_whileTheOwnerDeletesIt_opensItOrSaysThatThereIsNone(@TempDir Path directory)
      throws Exception {
    for (int i = 0; i < FILES; i++) {
      Files.createFile(file(directory, i));
    }
    AtomicInteger begun = new AtomicInteger(-1);
    Thread owner = new Thread(() -> deleteEach(directory, begun));
    owner.start();
    int opened = 0;
    int gone = 0;
    for (int i = 0; i < FILES; i++) {
      begun.set(i);
      try {
        OpenFile file = SharedFiles.open(file(directory, i), StandardOpenOption.READ);
        file.channel().close();
        opened++;
      } catch (NoSuchFileException e) {
        gone++; // any other exception would say that the ledger is broken
      }
    }
    owner.join();
    assertEquals(FILES, opened + gone);
  }

  /** O1: as far as there are files; the config file may be made later. */
  @Test
  void real_ofAll_followsLinksAsFarAsThereAreFiles(@TempDir Path given) throws IOException {
    Path directory = given.toRealPath();
    Path target = Files.createDirectory(directory.resolve("target"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), target);
    assertEquals(target, SharedFiles.real(link));
    assertEquals(target.resolve("a/b"), SharedFiles.real(link.resolve("a/b")), "not there yet");
    Files.createSymbolicLink(target.resolve("dangling"), directory.resolve("nowhere"));
    assertEquals(link.resolve("dangling"), SharedFiles.real(link.resolve("dangling")));
    assertEquals(Path.of("/"), SharedFiles.real(Path.of("/")));
    Path relative = Path.of("no such file");
    assertEquals(Path.of("").toRealPath().resolve(relative), SharedFiles.real(relative));
  }

  @Test
  void besideConfig_ofAll_isHiddenAndHasItsNameWithoutExtension() {
    assertEquals(Path.of("/x/.d.lck"), SharedFiles.besideConfig(Path.of("/x/d.cfg"), ".lck"));
    assertEquals(Path.of("/x/.d.lck"), SharedFiles.besideConfig(Path.of("/x/d"), ".lck"));
    assertEquals(Path.of("/x/.d.e.lck"), SharedFiles.besideConfig(Path.of("/x/d.e.cfg"), ".lck"));
    assertEquals(Path.of("/x/..cfg.lck"), SharedFiles.besideConfig(Path.of("/x/.cfg"), ".lck"));
  }

  @Test
  void openClaimed_replacedBetweenClaimAndOpen_isRefusedAndLeavesNothing(@TempDir Path directory)
      throws IOException {
    Path path = Files.createFile(file(directory, 0));
    Set<String> claims = Claims.all();
    FaultyFiles files = new FaultyFiles();
    files.actAt(2, () -> replace(path));
    assertFails(
        () -> SharedFiles.openClaimed(files.wrap(path), this, "claimed", StandardOpenOption.READ),
        path,
        "was replaced while it was being opened");
    assertEquals("stat " + path, files.heal());
    assertEquals(0, files.openChannels());
    assertEquals(claims, Claims.all());
  }

  private static void replace(Path path) {
    try {
      Files.move(path, path.resolveSibling("old"));
      Files.createFile(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteEach(Path directory, AtomicInteger begun) {
    for (int i = 0; i < FILES; i++) {
      while (begun.get() < i) {
        Thread.onSpinWait();
      }
      try {
        Files.delete(file(directory, i));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static Path file(Path directory, int i) {
    return directory.resolve(i + ".ops");
  }
}
