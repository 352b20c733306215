package io.github.datastorelookup.posix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Owner, group and mode of the files that the processes of one installation share. Immutable. All
 * processes of the installation should use the same.
 *
 * @param owner of the files that root creates; any process trusts directories of this user. If
 *     null, root keeps its files, and a process trusts directories of root and of its own user only
 * @param group of all files. If null, that of the directory if it has the set-group-id bit, else
 *     that of the process; {@code datastore.cfg} then keeps the group that it had
 * @param mode of shared files, such as 0660: read and write for the owner and perhaps the group, at
 *     most read for others. Directories get the matching search bits and the sticky bit. {@code
 *     datastore.cfg} gets the mode without the group's write bit
 */
public record SharedAccess(
    @Nullable UserPrincipal owner, @Nullable GroupPrincipal group, int mode) {
  private static final int STICKY = 01000;
  private static final int SPECIAL_BITS = ~0777;
  private static final int NOBODY = 65534;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path UID_MAP = Path.of("/proc/self/uid_map");

  /** Checks the mode. */
  public SharedAccess {
    if ((mode & ~0064) != 0600 || (mode & 0060) == 0020) {
      throw new IllegalArgumentException(
          "mode=0" + Integer.toOctalString(mode) + " is not 0600, 0640, 0660 or one of these + 04");
    }
  }

  /** No owner, no group, and mode 0660: for processes of one user, or of one set-group-id tree. */
  public static SharedAccess defaults() {
    return new SharedAccess(null, null, 0660);
  }

  /**
   * These options with this owner.
   *
   * @param user name or number
   * @throws IllegalArgumentException when there is no such user
   */
  public SharedAccess withOwner(String user) {
    Objects.requireNonNull(user, "user");
    try {
      return new SharedAccess(
          FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(user),
          group,
          mode);
    } catch (IOException e) {
      throw new IllegalArgumentException("no such user: owner=" + user, e);
    }
  }

  /**
   * These options with this group.
   *
   * @param name name or number
   * @throws IllegalArgumentException when there is no such group
   */
  public SharedAccess withGroup(String name) {
    Objects.requireNonNull(name, "name");
    try {
      return new SharedAccess(
          owner,
          FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByGroupName(name),
          mode);
    } catch (IOException e) {
      throw new IllegalArgumentException("no such group: group=" + name, e);
    }
  }

  /** These options with this mode. */
  public SharedAccess withMode(int fileMode) {
    return new SharedAccess(owner, group, fileMode);
  }

  /** Mode of a directory: sticky, so that no user can replace the file of another. */
  int directoryMode() {
    return STICKY | mode | ((mode & 0444) >> 2);
  }

  /** Mode of the directory of a new datastore: the group may enter it. */
  int storeMode() {
    return 0750 | (mode & 0020);
  }

  /**
   * Mode of the {@code .lock} of a new datastore: any user may read it, the owner and perhaps the
   * group may write.
   */
  int storeLockMode() {
    return 0644 | (mode & 0020);
  }

  /** Mode of the config file: the group may read it. */
  int configMode() {
    return mode & ~0020;
  }

  /**
   * Gives a new file or directory its group, owner and mode, with any umask. Keeps the set-group-id
   * bit, which an administrator may have set for everything below.
   *
   * <p>Only for a file that no other user can replace: it is opened by name. Not for a locked file:
   * that descriptor is closed again, which drops the locks.
   */
  void applyTo(Path made, int wanted) throws IOException {
    if (group != null && !group.equals(attribute(made, "group"))) {
      Files.setAttribute(made, "unix:group", group, NOFOLLOW_LINKS);
    }
    if (owner != null && !owner.equals(attribute(made, "owner")) && self() == 0) {
      Files.setAttribute(made, "unix:owner", owner, NOFOLLOW_LINKS);
    }
    int now = (Integer) attribute(made, "mode");
    Files.setAttribute(made, "unix:mode", (now & SPECIAL_BITS) | wanted, NOFOLLOW_LINKS);
  }

  private static Object attribute(Path path, String name) throws IOException {
    return Files.getAttribute(path, "unix:" + name, NOFOLLOW_LINKS);
  }

  /**
   * Requires a directory in which no other user can replace the files of this user.
   *
   * @throws IOException when its owner is neither root nor this user nor the owner option, when
   *     others may write in it, or when its group may write in it and it is not sticky
   */
  void requireTrusted(Path directory) throws IOException {
    Map<String, Object> found =
        Files.readAttributes(directory, "unix:uid,mode,isDirectory", NOFOLLOW_LINKS);
    if (!Boolean.TRUE.equals(found.get("isDirectory"))) {
      throw SharedFiles.refuse(directory, "is not a directory");
    }
    int uid = (Integer) found.getOrDefault("uid", -1);
    if (!isTrusted(uid, directory)) {
      throw SharedFiles.refuse(
          directory,
          "is owned by neither root nor this process's user nor the owner option: uid="
              + Integer.toUnsignedString(uid));
    }
    int now = (Integer) found.getOrDefault("mode", -1);
    if ((now & 0002) != 0) {
      throw SharedFiles.refuse(directory, "is writable by all users: run chmod o-w on it");
    }
    if ((now & 0020) != 0 && (now & STICKY) == 0) {
      throw SharedFiles.refuse(
          directory, "is writable by its group and not sticky: run chmod +t on it");
    }
  }

  private boolean isTrusted(int uid, Path directory) throws IOException {
    return uid == 0
        || uid == self()
        || (owner != null && owner.equals(attribute(directory, "owner")))
        || (uid == NOBODY && inUserNamespace()); // the host's root, seen from a user namespace
  }

  /** The user that the files of this process belong to; -1 without {@code /proc}. */
  static int self() {
    try {
      for (String line : Files.readAllLines(STATUS, ISO_8859_1)) {
        if (line.startsWith("Uid:")) {
          return Integer.parseUnsignedInt(line.split("\t", -1)[4]); // real, effective, saved, files
        }
      }
    } catch (IOException e) {
      return -1;
    }
    return -1;
  }

  private static boolean inUserNamespace() {
    try {
      String map = Files.readString(UID_MAP, ISO_8859_1).trim();
      return !map.matches("0 +0 +4294967295");
    } catch (IOException e) {
      return false;
    }
  }
}
