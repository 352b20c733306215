package io.github.datastorelookup.posix;

import static io.github.datastorelookup.posix.Failures.assertFails;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user who may write in the directory of a file that another user prepares there. */
@Tag("INV-14")
final class PrivateDirectoryTest {
  private static final byte[] TEXT = "text".getBytes(UTF_8);

  private final Path shared;
  private final Path victim;
  private final Path target;

  PrivateDirectoryTest(@TempDir Path directory) throws IOException {
    shared = Files.createDirectory(directory.resolve("shared"));
    victim = Files.createDirectory(directory.resolve("victim"));
    target = shared.resolve("datastore.cfg");
  }

  @Test
  void file_isPreparedAndMoved_nothingElseIsLeft() throws IOException {
    try (PrivateDirectory apart = PrivateDirectory.beside(target)) {
      assertEquals("700", Modes.of(only(shared)));
      try (FileChannel channel = apart.create()) {
        PrivateDirectory.write(channel, TEXT);
      }
      Files.move(apart.file(), target, StandardCopyOption.ATOMIC_MOVE);
    }
    assertArrayEquals(TEXT, Files.readAllBytes(only(shared)));
  }

  /** The other user renames the directory away and puts a link in its place. */
  @Test
  @Tag("kills:prepared-by-name")
  void directory_isExchangedByALink_nothingIsMadeWhereItLeads() throws IOException {
    try (PrivateDirectory apart = PrivateDirectory.beside(target)) {
      exchange(only(shared), Files.createSymbolicLink(shared.resolve("link"), victim));
      try (FileChannel channel = apart.create()) {
        PrivateDirectory.write(channel, TEXT);
      }
      assertThrows(NoSuchFileException.class, () -> Files.move(apart.file(), target));
      assertThrows(NoSuchFileException.class, () -> Files.createLink(target, apart.file()));
      SharedAccess access = SharedAccess.defaults();
      assertThrows(IOException.class, () -> access.applyTo(apart.file(), access.mode()));
    }
    try (Stream<Path> all = Files.list(victim)) {
      assertEquals(List.of(), all.toList());
    }
  }

  /** The same between its making and its opening, where a schedule cannot be forced. */
  @Test
  @Tag("kills:private-directory-not-looked-at")
  void directory_isAnotherOne_isRefused() throws IOException {
    Path open = Files.createDirectory(shared.resolve("open"));
    Files.setAttribute(open, "unix:mode", 0750);
    try (var stream = Files.newDirectoryStream(open)) {
      assertFails(() -> PrivateDirectory.checked(open, stream), open, "was exchanged");
      Files.setAttribute(open, "unix:mode", 0700);
      PrivateDirectory.checked(open, stream);
      exchange(open, Files.createDirectory(shared.resolve("other")));
      Files.setAttribute(open, "unix:mode", 0700);
      assertFails(() -> PrivateDirectory.checked(open, stream), open, "was exchanged");
    }
  }

  private void exchange(Path directory, Path other) throws IOException {
    Files.move(directory, shared.resolve("away"));
    Files.move(other, directory);
  }

  private static Path only(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      List<Path> found = all.toList();
      assertEquals(1, found.size(), found::toString);
      return found.get(0);
    }
  }
}
