package io.github.datastorelookup.posix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datastorelookup.port.MountTable;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The mount table of Linux, {@code /proc/self/mountinfo}; touches no mounted file system.
 *
 * <p>Of several mounts on one path, the last one counts: it hides the others. A file system on
 * several devices (btrfs) is recognised only by the device that its UUID link names.
 */
final class LinuxMountTable implements MountTable {
  private static final Pattern UUID = Pattern.compile("[0-9a-f-]{1,64}");
  private static final Pattern OCTAL = Pattern.compile("\\\\([0-3][0-7]{2})");

  // id parent major:minor root path options [optional]... - type source superoptions
  private static final int DEVICE = 2;
  private static final int PATH = 4;
  private static final int FIRST_OPTIONAL = 6;
  private static final int SOURCE_AFTER_SEPARATOR = 2;

  /** Device prefix of file systems without a device of their own, such as btrfs. */
  private static final String ANONYMOUS = "0:";

  private final Path mountinfo;
  private final Path byUuid;

  /**
   * Reads nothing yet.
   *
   * @param mountinfo usually {@code /proc/self/mountinfo}
   * @param byUuid usually {@code /dev/disk/by-uuid}
   */
  LinuxMountTable(Path mountinfo, Path byUuid) {
    this.mountinfo = mountinfo;
    this.byUuid = byUuid;
  }

  @Override
  public Status status(String backingDevice, String path) throws IOException {
    if (!UUID.matcher(backingDevice).matches()) { // must not become part of a path
      throw SharedFiles.refuse(byUuid, "not a UUID: backing-device=" + backingDevice);
    }
    Mount mount = lastOn(path);
    if (mount == null) {
      return Status.NOT_MOUNTED;
    }
    String wanted = device(byUuid.resolve(backingDevice));
    return wanted.equals(device(mount)) ? Status.MOUNTED : Status.NOT_MOUNTED;
  }

  /**
   * A line of the table.
   *
   * @param device {@code major:minor}
   * @param source the mounted source, a path if it is a device
   */
  private record Mount(String device, String source) {}

  private @Nullable Mount lastOn(String path) throws IOException {
    byte[] table;
    try (FileInputStream in = new FileInputStream(mountinfo.toFile())) {
      table = in.readAllBytes();
    }
    // Compares bytes: a mount point may be in any encoding.
    String wanted = new String(path.getBytes(UTF_8), ISO_8859_1);
    Mount last = null;
    for (String line : new String(table, ISO_8859_1).split("\n", -1)) {
      if (line.isEmpty()) {
        continue;
      }
      List<String> fields = Arrays.asList(line.split(" ", -1));
      int separator = FIRST_OPTIONAL; // the first "-" from there: a source may be "-" too
      while (separator < fields.size() && !fields.get(separator).equals("-")) {
        separator++;
      }
      if (fields.size() <= separator + SOURCE_AFTER_SEPARATOR) {
        throw SharedFiles.refuse(mountinfo, "cannot parse line: " + line);
      }
      if (unescape(fields.get(PATH)).equals(wanted)) {
        last =
            new Mount(fields.get(DEVICE), unescape(fields.get(separator + SOURCE_AFTER_SEPARATOR)));
      }
    }
    return last;
  }

  private static String device(Mount mount) throws IOException {
    if (!mount.device().startsWith(ANONYMOUS) || !mount.source().startsWith("/")) {
      return mount.device();
    }
    String source = new String(mount.source().getBytes(ISO_8859_1), UTF_8);
    try {
      return device(Path.of(source));
    } catch (InvalidPathException e) { // a source may hold any bytes
      throw new IOException("mount source=" + source + " is not a path: " + e.getReason(), e);
    }
  }

  /**
   * {@code major:minor} of the device that this node or link names.
   *
   * @throws IOException when it names none: not plugged in, or not known to udev
   */
  private static String device(Path node) throws IOException {
    long number = (Long) Files.getAttribute(node, "unix:rdev");
    if (number == 0) {
      throw SharedFiles.refuse(node, "is not a device");
    }
    return DeviceNumber.major(number) + ":" + DeviceNumber.minor(number);
  }

  private static String unescape(String field) {
    return OCTAL
        .matcher(field)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 8))));
  }
}
