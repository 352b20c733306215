package io.github.datastorelookup.posix;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.github.datastorelookup.port.FileIdentity;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Helpers of this package for files that several processes share. */
final class SharedFiles {
  private SharedFiles() {}

  /**
   * An open file and its identity.
   *
   * @param channel open
   * @param identity of the file that the channel is on
   */
  record OpenFile(FileChannel channel, FileIdentity identity) {}

  /**
   * A regular file at one moment.
   *
   * @param identity of the file
   * @param size in bytes
   */
  record FileState(FileIdentity identity, long size) {}

  /**
   * The identity of the regular file at this path; opens nothing, follows no symbolic link there.
   *
   * @throws NoSuchFileException when there is none
   * @throws IOException when something else is there, or its identity cannot be determined
   */
  static FileIdentity identity(Path path) throws IOException {
    return state(path).identity();
  }

  /** The identity and the size, at one moment. */
  static FileState state(Path path) throws IOException {
    Map<String, Object> found =
        Files.readAttributes(
            path, "unix:dev,ino,size,isRegularFile,isSymbolicLink", NOFOLLOW_LINKS);
    if (Boolean.TRUE.equals(found.get("isSymbolicLink"))) {
      throw refuse(path, "is a symbolic link, which is never followed here");
    }
    if (!Boolean.TRUE.equals(found.get("isRegularFile"))) {
      throw refuse(path, "is not a regular file");
    }
    return new FileState(identity(found), number(found, "size"));
  }

  /** The identity of this directory; follows symbolic links. */
  static FileIdentity directoryIdentity(Path path) throws IOException {
    return identity(Files.readAttributes(path, "unix:dev,ino"));
  }

  private static FileIdentity identity(Map<String, Object> found) {
    return new FileIdentity(number(found, "dev"), number(found, "ino"));
  }

  private static long number(Map<String, Object> found, String attribute) {
    if (found.get(attribute) instanceof Number value) {
      return value.longValue();
    }
    throw new IllegalStateException("no unix file attributes here: missing=" + attribute);
  }

  /** Whether exactly this file is at the path now. */
  static boolean isAt(Path path, FileIdentity expected) throws IOException {
    return sizeAt(path, expected) >= 0;
  }

  /** The size of this file if exactly it is at the path now, else -1. */
  static long sizeAt(Path path, FileIdentity expected) throws IOException {
    try {
      Map<String, Object> found = Files.readAttributes(path, "unix:dev,ino,size", NOFOLLOW_LINKS);
      return identity(found).equals(expected) ? number(found, "size") : -1;
    } catch (NoSuchFileException e) {
      return -1;
    }
  }

  /**
   * Opens an existing regular file, never through a symbolic link.
   *
   * <p>Java has no {@code fstat}: the identity is known because the file is the same before and
   * after.
   *
   * @throws NoSuchFileException when there is none
   */
  static OpenFile open(Path path, OpenOption... access) throws IOException {
    FileIdentity identity = identity(path);
    Set<OpenOption> options = new HashSet<>(Set.of(access));
    options.add(NOFOLLOW_LINKS);
    FileChannel channel;
    try {
      channel = FileChannel.open(path, options);
    } catch (AccessDeniedException e) {
      // Its message is the bare name.
      FileSystemException named = refuse(path, "permission denied: needed=" + Set.of(access));
      named.initCause(e);
      throw named;
    }
    boolean opened = false;
    try {
      // Checked as above: a file that its owner deleted meanwhile is missing, not replaced.
      if (!identity(path).equals(identity)) {
        throw refuse(path, "was replaced while it was being opened");
      }
      OpenFile open = new OpenFile(channel, identity);
      opened = true;
      return open;
    } finally {
      if (!opened) {
        channel.close();
      }
    }
  }

  /**
   * Opens a lock file, and claims it in this JVM for this holder.
   *
   * @param otherwise the message of the refusal when a holder has claimed it already
   */
  static OpenFile openClaimed(Path path, Object holder, String otherwise, OpenOption... access)
      throws IOException {
    // Claimed before it is opened: even a failed open could drop another holder's lock.
    FileIdentity identity = identity(path);
    if (!JvmClaims.claim(identity, holder)) {
      throw refuse(path, otherwise);
    }
    boolean opened = false;
    try {
      OpenFile open = open(path, access);
      if (!open.identity().equals(identity)) {
        open.channel().close();
        throw refuse(path, "was replaced while it was being opened");
      }
      opened = true;
      return open;
    } finally {
      if (!opened) {
        JvmClaims.release(identity, holder);
      }
    }
  }

  /**
   * Tries to lock a range of bytes. Null when another process holds it, or other code of this JVM;
   * for the latter Java throws an exception without a file name.
   */
  static @Nullable FileLock tryLock(FileChannel channel, long position, long size, boolean shared)
      throws IOException {
    try {
      return channel.tryLock(position, size, shared);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /**
   * O3: creates the directory and its missing parents, or checks the existing one.
   *
   * @throws IOException when other users could replace files in it
   */
  static void openDirectory(Path directory, SharedAccess access) throws IOException {
    if (!Files.exists(directory, NOFOLLOW_LINKS)) {
      createDirectory(directory, access, access.directoryMode());
    }
    access.requireTrusted(directory);
  }

  /** Creates the directory and its missing parents with this mode; keeps an existing one. */
  static void createDirectory(Path directory, SharedAccess access, int mode) throws IOException {
    Path parent = directory.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      createDirectory(parent, access, mode);
    }
    try {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      return; // another process was faster, or it is no directory: checked by what follows
    }
    access.applyTo(directory, mode);
  }

  /**
   * Creates a file with this content, unless the path exists. Other processes never see it
   * incomplete: it is linked into place, and the link fails if another process was faster.
   *
   * @param content written by an interruptible call, unless it is empty
   */
  static void createComplete(Path path, byte[] content, SharedAccess access, int mode)
      throws IOException {
    try (PrivateDirectory apart = PrivateDirectory.beside(path)) {
      try (FileChannel channel = apart.create()) {
        access.applyTo(apart.file(), mode);
        if (content.length > 0) {
          PrivateDirectory.write(channel, content);
        }
      }
      link(apart.file(), path);
    } catch (IOException e) {
      FileSystemException named = refuse(path, "could not be created: " + e);
      named.initCause(e);
      throw named;
    }
  }

  private static void link(Path complete, Path path) throws IOException {
    try {
      Files.createLink(path, complete);
    } catch (FileAlreadyExistsException e) {
      // The other file is as good as this one; opening it checks its content.
    }
  }

  /**
   * O1: the absolute path without symbolic links, as far as it exists. A dangling link and a part
   * that cannot be resolved stay unchanged.
   */
  static Path real(Path path) {
    Path absolute = path.toAbsolutePath();
    try {
      return absolute.toRealPath();
    } catch (IOException e) {
      Path parent = absolute.getParent();
      Path name = absolute.getFileName();
      return parent == null || name == null || Files.isSymbolicLink(absolute)
          ? absolute
          : real(parent).resolve(name);
    }
  }

  /** A hidden file beside the config file: its name with another extension. */
  static Path besideConfig(Path configFile, String extension) {
    String name = String.valueOf(configFile.getFileName());
    int dot = name.lastIndexOf('.');
    return configFile.resolveSibling("." + (dot > 0 ? name.substring(0, dot) : name) + extension);
  }

  /** A new hidden name in the same directory. */
  static Path tempBeside(Path path) {
    return path.resolveSibling("." + path.getFileName() + "." + randomHex() + ".tmp");
  }

  /** 16 random hexadecimal digits. */
  static String randomHex() {
    return String.format(Locale.ROOT, "%016x", ThreadLocalRandom.current().nextLong());
  }

  /** An exception that names the file and what is wrong with it. */
  static FileSystemException refuse(Path path, String reason) {
    return new FileSystemException(path.toString(), null, reason);
  }
}
