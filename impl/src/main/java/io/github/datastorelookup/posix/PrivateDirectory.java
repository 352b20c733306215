package io.github.datastorelookup.posix;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A new directory beside a shared file, in which this process prepares the file's next version.
 *
 * <p>Other users may write in the directory around it, and replace this one. This process writes
 * only in the directory that it opened and checked. No other user sees the random name of the file
 * in it, so a replacement directory has no file of that name.
 */
final class PrivateDirectory implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path directory;
  private final SecureDirectoryStream<Path> stream;
  private final Path name;

  private PrivateDirectory(Path directory, SecureDirectoryStream<Path> stream) {
    byte[] random = new byte[8];
    RANDOM.nextBytes(random);
    this.directory = directory;
    this.stream = stream;
    this.name = Path.of(HexFormat.of().formatHex(random));
  }

  /** Creates one with a hidden name beside this path. */
  static PrivateDirectory beside(Path path) throws IOException {
    Path directory = SharedFiles.tempBeside(path);
    Files.createDirectory(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    boolean opened = false;
    try {
      DirectoryStream<Path> stream = Files.newDirectoryStream(directory);
      try {
        PrivateDirectory made = new PrivateDirectory(directory, checked(directory, stream));
        opened = true;
        return made;
      } finally {
        if (!opened) {
          stream.close();
        }
      }
    } finally {
      if (!opened) {
        Files.deleteIfExists(directory);
      }
    }
  }

  /** O3: requires that the open directory belongs to this user, and that no other may enter it. */
  static SecureDirectoryStream<Path> checked(Path path, DirectoryStream<Path> stream)
      throws IOException {
    if (!(stream instanceof SecureDirectoryStream<Path> open)) {
      throw SharedFiles.refuse(path, "is on a file system without openat");
    }
    Map<String, Object> found = Files.readAttributes(path, "unix:fileKey,uid,mode", NOFOLLOW_LINKS);
    Object key = open.getFileAttributeView(BasicFileAttributeView.class).readAttributes().fileKey();
    int mode = (Integer) found.getOrDefault("mode", -1);
    int self = SharedAccess.self();
    if (!key.equals(found.get("fileKey"))
        || (self != -1 && self != (Integer) found.getOrDefault("uid", -1))
        || (mode & 0777) != 0700) {
      throw SharedFiles.refuse(path, "was replaced while it was being opened");
    }
    return open;
  }

  /** The path of the file, for attributes, links and renames. */
  Path file() {
    return directory.resolve(name.toString());
  }

  /**
   * Creates the file. Its attributes are set while it is open.
   *
   * @return a channel, which an interrupt closes
   */
  FileChannel create() throws IOException {
    return (FileChannel) stream.newByteChannel(name, Set.of(CREATE_NEW, WRITE, NOFOLLOW_LINKS));
  }

  /** Writes the content, and makes it survive a power failure. */
  static void write(FileChannel channel, byte[] content) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(content);
    while (rest.hasRemaining()) {
      channel.write(rest, rest.position());
    }
    channel.force(true);
  }

  /**
   * Deletes such a directory of a dead process, with its file; follows no symbolic link. Keeps one
   * with anything else in it: another user may have given it the name.
   *
   * @param around the open directory that contains it
   */
  static void delete(DirectoryStream<Path> around, Path directory) throws IOException {
    if (around instanceof SecureDirectoryStream<Path> open) {
      try (SecureDirectoryStream<Path> inside =
          open.newDirectoryStream(directory, NOFOLLOW_LINKS)) {
        List<Path> files = new ArrayList<>();
        inside.forEach(file -> files.add(file.getFileName()));
        if (files.size() > 1 || !files.stream().allMatch(PrivateDirectory::isOurs)) {
          return;
        }
        for (Path file : files) {
          inside.deleteFile(file);
        }
      }
      open.deleteDirectory(directory);
    }
  }

  private static boolean isOurs(Path name) {
    return name.toString().matches("[0-9a-f]{16}");
  }

  /** Deletes the file, unless it was moved away, and the directory. */
  @Override
  public void close() {
    try (stream) {
      stream.deleteFile(name);
    } catch (NoSuchFileException e) {
      // Moved into place.
    } catch (IOException e) {
      // Best effort, as below: the work is done, and a leftover is hidden and does no harm.
    }
    try {
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      // Replaced by another user, or its file is still there.
    }
  }
}
