package io.github.datastorelookup.posix;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;

import io.github.datastorelookup.port.ConfigFile;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
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
 * <p>The constructor follows symbolic links; a path that leads elsewhere later is refused. Reads
 * use streams, which ignore interrupts.
 */
final class PosixConfigFile implements ConfigFile {

  /** Longest file in bytes, some 300,000 datastores: a longer one is not a config. */
  static final int MAX_SIZE = 64 << 20;

  private final Path given;
  private final Path path;
  private final SharedAccess access;
  private final OwnerThread owner;

  /** Resolves the symbolic links in the path, for its life. */
  PosixConfigFile(Path given, SharedAccess access, OwnerThread owner) {
    this.given = given;
    this.path = SharedFiles.real(given);
    this.access = access;
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
      throw SharedFiles.refuse(parent, "no such directory, or no permission to search it");
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
    requireSamePath();
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

  /** O1: another file would have another config lock beside it. */
  private void requireSamePath() throws IOException {
    Path now = SharedFiles.real(given);
    if (!now.equals(path)) {
      throw SharedFiles.refuse(
          given, "now leads to another file: file=" + now + " when opened=" + path);
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
      throw new IOException("config is too long: file=" + path + " limit=" + MAX_SIZE + " bytes");
    }
    return content;
  }

  /** On the owner's thread, because an interrupt closes channels. */
  @Override
  public void replace(byte[] content) throws IOException {
    requireSize(path, content);
    requireSamePath();
    owner.run(
        () -> {
          deleteLeftovers();
          try (PrivateDirectory apart = PrivateDirectory.beside(path)) {
            try (FileChannel channel = apart.create()) {
              access.applyTo(apart.file(), access.configMode());
              keepGroup(apart.file());
              PrivateDirectory.write(channel, content);
            }
            Files.move(apart.file(), path, ATOMIC_MOVE);
          } catch (IOException e) {
            throw new IOException(
                "replacing failed: file=" + path + " reason=" + e.getMessage(), e);
          }
          syncDirectory();
        });
  }

  /**
   * Deletes the temporary directories of killed savers: every saver holds the config lock, so no
   * other saver can still be at work. The next save retries those that cannot be deleted.
   */
  private void deleteLeftovers() {
    Pattern name =
        Pattern.compile(Pattern.quote("." + path.getFileName()) + "\\.[0-9a-f]{16}\\.tmp");
    try (DirectoryStream<Path> beside = Files.newDirectoryStream(directory())) {
      for (Path each : beside) {
        if (name.matcher(String.valueOf(each.getFileName())).matches()
            && Files.isDirectory(each, NOFOLLOW_LINKS)) { // opening a pipe would wait
          PrivateDirectory.delete(beside, each.getFileName());
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return; // they only take up space
    }
  }

  /** Keeps the group, so that the group of the old file can read the new one. */
  private void keepGroup(Path temp) throws IOException {
    if (access.group() != null) {
      return;
    }
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

  /** Makes the rename survive a power failure. */
  private void syncDirectory() throws IOException {
    try (FileChannel directory = FileChannel.open(directory(), READ)) {
      directory.force(true);
    }
  }
}
