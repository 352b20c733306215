package io.github.datastorelookup.posix;

import static io.github.datastorelookup.posix.Failures.assertFails;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
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
      assertFails(() -> PrivateDirectory.checked(open, stream), open, "was replaced");
      Files.setAttribute(open, "unix:mode", 0700);
      PrivateDirectory.checked(open, stream);
      exchange(open, Files.createDirectory(shared.resolve("other")));
      Files.setAttribute(open, "unix:mode", 0700);
      assertFails(() -> PrivateDirectory.checked(open, stream), open, "was replaced");
    }
  }

  /** The other user renames a directory that is not empty to the name of a leftover. */
  @Test
  void delete_directoryWithAnythingElse_keepsIt() throws IOException {
    for (List<String> names :
        List.of(
            List.of("key.pem"),
            List.of("0123456789abcdef", "x"),
            List.of("0123456789abcdef", "fedcba9876543210"))) {
      Path keys = Files.createDirectory(shared.resolve("keys"));
      for (String name : names) {
        Files.createFile(keys.resolve(name));
      }
      try (var around = Files.newDirectoryStream(shared)) {
        PrivateDirectory.delete(around, Path.of("keys"));
        assertEquals(keys, only(shared));
        for (String name : names) {
          Files.delete(keys.resolve(name)); // it was kept
        }
        Files.createFile(keys.resolve("0123456789abcdef"));
        PrivateDirectory.delete(around, Path.of("keys"));
        assertFalse(Files.exists(keys));
      }
    }
  }

  @Test
  @Tag("kills:private-directory-not-looked-at")
  void directory_ofAnotherUser_isRefused() throws IOException {
    Path open = Files.createDirectory(shared.resolve("open"));
    Files.setAttribute(open, "unix:mode", 0700);
    OtherUser.own(open, OtherUser.ID);
    try (var stream = Files.newDirectoryStream(open)) {
      assertFails(() -> PrivateDirectory.checked(open, stream), open, "was replaced");
    }
  }

  @Test
  void beside_exchangedWhileItIsOpened_keepsNoDirectoryOpen() throws IOException {
    FaultyFiles files = new FaultyFiles();
    files.actBefore("stat", this::openToAll);
    assertFails(() -> PrivateDirectory.beside(files.wrap(target)), shared, "was replaced");
    try (Stream<Path> all = Files.list(shared)) {
      assertEquals(List.of(), all.toList());
    }
    assertEquals(List.of(), Descriptors.below(shared));
  }

  private void openToAll() {
    try {
      Files.setAttribute(only(shared), "unix:mode", 0755);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A name that another user could guess would be one of a file that he can put in its place. */
  @Test
  void file_ofEachDirectory_hasANameOfItsOwn() throws IOException {
    try (PrivateDirectory one = PrivateDirectory.beside(target);
        PrivateDirectory other = PrivateDirectory.beside(target)) {
      assertNotEquals(one.file().getFileName(), other.file().getFileName());
      assertTrue(String.valueOf(one.file().getFileName()).matches("[0-9a-f]{16}"));
    }
  }

  /** Some file systems cannot tell whether the name still is the directory that was opened. */
  @Test
  void stream_withoutOpenat_isRefusedAndDeletesNothing() throws IOException {
    Path kept = Files.createDirectory(shared.resolve("kept"));
    DirectoryStream<Path> plain =
        new DirectoryStream<>() {
          @Override
          public Iterator<Path> iterator() {
            return List.of(kept).iterator();
          }

          @Override
          public void close() {}
        };
    assertFails(() -> PrivateDirectory.checked(kept, plain), kept, "without openat");
    PrivateDirectory.delete(plain, Path.of("kept"));
    assertTrue(Files.exists(kept));
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
