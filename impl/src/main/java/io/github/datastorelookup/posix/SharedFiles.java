package io.github.datastorelookup.posix;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.github.datastorelookup.port.FileIdentity;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Helpers of this package for files that several processes share. */
final class SharedFiles {
  /** Mode of a shared file: owner and group read and write. */
  static final int FILE_MODE = 0660;

  /** Mode of a directory of shared files. */
  static final int DIRECTORY_MODE = 0770;

  private static final int PERMISSION_BITS = 0777;

  private SharedFiles() {}

  /**
   * An open file and its identity.
   *
   * @param channel open
   * @param identity of the file that the channel is on
   */
  record OpenFile(FileChannel channel, FileIdentity identity) {}

  /**
   * The identity of the regular file at this path; opens nothing, follows no symbolic link there.
   *
   * @throws NoSuchFileException when there is none
   * @throws IOException when something else is there, or its identity cannot be determined
   */
  static FileIdentity identity(Path path) throws IOException {
    Map<String, Object> found =
        Files.readAttributes(path, "unix:dev,ino,isRegularFile,isSymbolicLink", NOFOLLOW_LINKS);
    if (Boolean.TRUE.equals(found.get("isSymbolicLink"))) {
      throw refuse(path, "is a symbolic link, which is never followed here");
    }
    if (!Boolean.TRUE.equals(found.get("isRegularFile"))) {
      throw refuse(path, "is not a regular file");
    }
    return identity(found);
  }

  /** The identity of this directory, whatever links lead to it. */
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
    Map<String, Object> found;
    try {
      found = Files.readAttributes(path, "unix:dev,ino", NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return false;
    }
    return identity(found).equals(expected);
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
   * @param otherwise the refusal when a holder has claimed it already
   */
  static OpenFile openClaimed(Path path, Object holder, String otherwise, OpenOption access)
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

  /** Creates the directory and its missing parents; those that exist keep their mode. */
  static void createDirectory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.getParent();
    if (parent != null) {
      createDirectory(parent);
    }
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      if (Files.isDirectory(directory)) {
        return; // another process was faster
      }
      throw refuse(directory, "is not a directory");
    }
    setMode(directory, DIRECTORY_MODE);
  }

  /**
   * Sets the permissions whatever the umask is, and keeps the set-group-id bit, which an
   * administrator may have set for all that is created below.
   *
   * <p>Not for locked files: this opens and closes a descriptor, which drops the locks.
   */
  static void setMode(Path path, int mode) throws IOException {
    int now = (Integer) Files.getAttribute(path, "unix:mode", NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:mode", (now & ~PERMISSION_BITS) | mode, NOFOLLOW_LINKS);
  }

  /**
   * Creates a file with this content and {@link #FILE_MODE}, unless something is there already.
   * Other processes never see it incomplete: it is linked into place, and the link fails if another
   * process was faster.
   */
  static void createComplete(Path path, byte[] content) throws IOException {
    Path temp = tempBeside(path);
    try {
      Files.createFile(temp);
      setMode(temp, FILE_MODE);
      try (FileOutputStream out = new FileOutputStream(temp.toFile())) {
        out.write(content);
      }
      link(temp, path);
    } catch (IOException e) {
      FileSystemException named = refuse(path, "could not be created: " + e);
      named.initCause(e);
      throw named;
    } finally {
      Files.deleteIfExists(temp);
    }
  }

  private static void link(Path complete, Path path) throws IOException {
    try {
      Files.createLink(path, complete);
    } catch (FileAlreadyExistsException e) {
      // The other file is as good as this one; opening it checks its content.
    }
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
