package io.github.datastorelookup.posix;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;

import io.github.datastorelookup.port.ConfigFile;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code datastore.cfg} on disk: replaced by rename, synced before and after.
 *
 * <p>Reads and writes use streams, which ignore interrupts. A symbolic link at the path is followed
 * when reading, and replaced by a file when writing.
 */
final class PosixConfigFile implements ConfigFile {
  private static final System.Logger LOG = System.getLogger(PosixConfigFile.class.getPackageName());

  /** Mode of the file: the group may read it. */
  static final int MODE = 0640;

  /** Longest file in bytes, some 300,000 datastores: a longer one is not a config. */
  static final int MAX_SIZE = 64 << 20;

  private final Path path;
  private final OwnerThread owner;

  PosixConfigFile(Path path, OwnerThread owner) {
    this.path = path.toAbsolutePath();
    this.owner = owner;
  }

  @Override
  public String path() {
    return path.toString();
  }

  @Override
  public void requireDirectory() throws IOException {
    Path parent = directory();
    if (!Files.isDirectory(parent)) {
      throw SharedFiles.refuse(parent, "there is no such directory, or it may not be looked at");
    }
  }

  private Path directory() throws IOException {
    Path parent = path.getParent();
    if (parent == null) {
      throw SharedFiles.refuse(path, "is not a file");
    }
    return parent;
  }

  @Override
  public byte @Nullable [] read() throws IOException {
    requireNothingElse();
    try (FileInputStream in = new FileInputStream(path.toFile())) {
      return requireSize(path, in.readNBytes(MAX_SIZE + 1));
    } catch (FileNotFoundException e) {
      // Java throws this for directories, denied access and dangling links too.
      if (Files.notExists(path, NOFOLLOW_LINKS)) {
        return null;
      }
      throw e;
    } catch (IOException e) {
      throw new IOException("reading failed: file=" + path + " reason=" + e.getMessage(), e);
    }
  }

  /** Opening a pipe would wait for a writer, with the config lock held. */
  private void requireNothingElse() throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw SharedFiles.refuse(path, "is not a regular file");
    }
  }

  static byte[] requireSize(Path path, byte[] content) throws IOException {
    if (content.length > MAX_SIZE) {
      throw new IOException("is too long: file=" + path + " most=" + MAX_SIZE + " bytes");
    }
    return content;
  }

  @Override
  public void replace(byte[] content) throws IOException {
    requireSize(path, content);
    deleteLeftovers();
    Path temp = SharedFiles.tempBeside(path);
    try {
      Files.createFile(temp);
      SharedFiles.setMode(temp, MODE);
      keepGroup(temp);
      write(temp, content);
      Files.move(temp, path, ATOMIC_MOVE);
    } catch (IOException e) {
      throw new IOException("replacing failed: file=" + path + " reason=" + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(temp);
    }
    syncDirectory();
  }

  /**
   * Deletes the temporary files of savers that were killed: every saver holds the config lock, so
   * none of the others can still be at work. What cannot be deleted is left to the next save.
   */
  private void deleteLeftovers() {
    Pattern name =
        Pattern.compile(Pattern.quote("." + path.getFileName()) + "\\.[0-9a-f]{16}\\.tmp");
    try (DirectoryStream<Path> beside =
        Files.newDirectoryStream(
            path.resolveSibling("."),
            file -> name.matcher(String.valueOf(file.getFileName())).matches())) {
      for (Path leftover : beside) {
        Files.deleteIfExists(leftover);
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.log(Level.DEBUG, "leftovers of saves stay beside {0}: {1}", path, e);
    }
  }

  /** Keeps the group, so that readers by group of the old file can read the new one. */
  private void keepGroup(Path temp) throws IOException {
    Object group;
    try {
      group = Files.getAttribute(path, "unix:gid");
    } catch (NoSuchFileException e) {
      return; // the first save
    }
    if (!group.equals(Files.getAttribute(temp, "unix:gid", NOFOLLOW_LINKS))) {
      Files.setAttribute(temp, "unix:gid", group, NOFOLLOW_LINKS);
    }
  }

  private static void write(Path temp, byte[] content) throws IOException {
    try (FileOutputStream out = new FileOutputStream(temp.toFile())) {
      out.write(content);
      out.getFD().sync();
    }
  }

  /** Makes the rename survive a power failure. */
  private void syncDirectory() throws IOException {
    Path parent = directory();
    // Only a channel opens a directory, and syncing one is interruptible.
    owner.call(
        () -> {
          try (FileChannel directory = FileChannel.open(parent, READ)) {
            directory.force(true);
          }
          return true;
        });
  }
}
