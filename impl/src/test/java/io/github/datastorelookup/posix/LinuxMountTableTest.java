package io.github.datastorelookup.posix;

import static io.github.datastorelookup.port.MountTable.Status.MOUNTED;
import static io.github.datastorelookup.port.MountTable.Status.NOT_MOUNTED;
import static io.github.datastorelookup.port.MountTable.Status.UNKNOWN;
import static io.github.datastorelookup.posix.Failures.assertFails;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.port.MountTable.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code /dev/null} (1:3) and {@code /dev/zero} (1:5) stand for disks. */
@Timeout(60)
final class LinuxMountTableTest {
  private static final String NULL = "b94b3b6a-0000-4000-8000-000000000001";
  private static final String ZERO = "b94b3b6a-0000-4000-8000-000000000002";
  private static final String UNPLUGGED = "b94b3b6a-0000-4000-8000-000000000003";
  private static final String UNLISTED = "b94b3b6a-0000-4000-8000-000000000004";
  private static final String PATH = "/mnt/datastore/store1";

  private final Path mountinfo;
  private final Path byUuid;

  LinuxMountTableTest(@TempDir Path directory) throws IOException {
    mountinfo = directory.resolve("mountinfo");
    byUuid = Files.createDirectory(directory.resolve("by-uuid"));
    Files.createSymbolicLink(byUuid.resolve(NULL), Path.of("/dev/null"));
    Files.createSymbolicLink(byUuid.resolve(ZERO), Path.of("/dev/zero"));
    Files.createSymbolicLink(byUuid.resolve(UNPLUGGED), directory.resolve("no-such-device"));
  }

  @AfterEach
  void deleteLinks() throws IOException {
    // JUnit would warn of each that leads out of its directory.
    try (var links = Files.newDirectoryStream(byUuid)) {
      for (Path link : links) {
        Files.delete(link);
      }
    }
  }

  @Test
  void status_thisDeviceAtThisPath_isMounted() throws IOException {
    table(line("1:3", PATH));
    assertEquals(MOUNTED, status(NULL));
  }

  @Test
  void status_anotherDeviceOrPath_isNotMounted() throws IOException {
    table(line("1:3", PATH));
    assertEquals(NOT_MOUNTED, status(ZERO));
    table(line("1:3", PATH + "/sub"), line("1:3", "/mnt/datastore"));
    assertEquals(NOT_MOUNTED, status(NULL));
    table();
    assertEquals(NOT_MOUNTED, status(NULL));
  }

  @Test
  void status_severalMountsOnOnePath_theLastCounts() throws IOException {
    table(line("1:3", PATH), line("1:5", PATH));
    assertEquals(NOT_MOUNTED, status(NULL));
    assertEquals(MOUNTED, status(ZERO));
  }

  @Test
  void status_somethingMountedAndTheDeviceNotListed_isUnknown() throws IOException {
    table(line("1:3", PATH));
    assertEquals(UNKNOWN, status(UNPLUGGED), "dangling link");
    assertEquals(UNKNOWN, status(UNLISTED), "no link");
    Files.delete(mountinfo);
    table();
    assertEquals(NOT_MOUNTED, status(UNLISTED), "nothing is mounted there");
  }

  @Test
  void status_escapedPath_isDecoded() throws IOException {
    table(line("1:3", "/mnt/a\\040b\\011c\\134d\\012e/\u00fc"));
    LinuxMountTable mounts = new LinuxMountTable(mountinfo, byUuid);
    assertEquals(MOUNTED, mounts.status(NULL, "/mnt/a b\tc\\d\ne/\u00fc"));
  }

  @Test
  void status_noOrSeveralOptionalFields_areSkipped() throws IOException {
    table("36 35 1:3 / " + PATH + " rw - ext4 /dev/x rw");
    assertEquals(MOUNTED, status(NULL));
    table("36 35 1:3 / " + PATH + " rw shared:1 master:2 - ext4 /dev/x rw");
    assertEquals(MOUNTED, status(NULL));
  }

  @Test
  void status_anonymousDevice_isComparedByItsSource() throws IOException {
    table("36 35 0:44 /@ " + PATH + " rw shared:1 - btrfs /dev/null rw,subvol=/@");
    assertEquals(MOUNTED, status(NULL));
    assertEquals(NOT_MOUNTED, status(ZERO));
    table("36 35 0:44 / " + PATH + " rw shared:1 - tmpfs none rw");
    assertEquals(NOT_MOUNTED, status(NULL));
    table("36 35 0:44 / " + PATH + " rw shared:1 - btrfs /dev/no-such-device rw");
    assertEquals(UNKNOWN, status(NULL));
  }

  @Test
  void status_tableUnreadable_isUnknown() throws IOException {
    assertEquals(UNKNOWN, status(NULL), "missing");
    Files.createDirectory(mountinfo);
    assertEquals(UNKNOWN, status(NULL), "a directory");
  }

  @Test
  void status_lineNotUnderstood_isUnknown() throws IOException {
    table(line("1:3", PATH), "what is this");
    assertEquals(UNKNOWN, status(NULL));
    table("36 35 1:3 / " + PATH + " rw shared:1 ext4 /dev/x rw");
    assertEquals(UNKNOWN, status(NULL), "no separator");
  }

  /** A source is what somebody passed to mount: any bytes, and not always a path. */
  @Test
  void status_sourceThatIsNoPath_isUnknown() throws IOException {
    table("36 35 0:44 / " + PATH + " rw - btrfs /dev/a\\000b rw");
    assertEquals(UNKNOWN, status(NULL));
  }

  @Test
  void status_linkUnreadable_isUnknown() throws IOException {
    table(line("1:3", PATH));
    Path loop = byUuid.resolve("aaaa");
    Files.createSymbolicLink(loop, loop);
    assertEquals(UNKNOWN, status("aaaa"));
  }

  @Test
  void status_uuidThatIsAPath_isUnknown() throws IOException {
    table(line("1:3", PATH));
    assertEquals(UNKNOWN, status("../by-uuid/" + NULL));
    assertEquals(UNKNOWN, status(""));
    assertEquals(UNKNOWN, status(".."));
  }

  @Test
  void status_realTableOfThisSystem_isUnderstood() throws IOException {
    LinuxMountTable real = new LinuxMountTable(Path.of("/proc/self/mountinfo"), byUuid);
    assertEquals(NOT_MOUNTED, real.status(NULL, "/no/such/mount"));
    assertEquals(NOT_MOUNTED, real.status(NULL, "/"));
  }

  @Test
  void status_cannotBeTold_namesFileAndCause() throws IOException {
    LinuxMountTable mounts = new LinuxMountTable(mountinfo, byUuid);
    assertFails(() -> mounts.status(NULL, PATH), mountinfo);
    table(line("1:3", PATH), "36 35 1:3");
    assertFails(() -> mounts.status(NULL, PATH), mountinfo, "cannot parse line");
    table(line("1:3", PATH), "36 35 1:3 / " + PATH + " rw - ext4");
    assertFails(() -> mounts.status(NULL, PATH), mountinfo, "cannot parse line");
    table(line("1:3", PATH));
    assertFails(() -> mounts.status(UNLISTED, PATH), byUuid.resolve(UNLISTED));
    Files.createFile(byUuid.resolve(UNLISTED));
    assertFails(() -> mounts.status(UNLISTED, PATH), byUuid.resolve(UNLISTED), "not a device");
  }

  /**
   * Each value that the kernel's documentation allows in a field ({@code proc_pid_mountinfo(5)},
   * {@code seq_escape}), each with each of the field after next: none hides or moves another field.
   */
  @Test
  void status_anyAllowedValueInAnyField_changesNothing() throws IOException {
    List<List<String>> allowed =
        List.of(
            List.of("36", "0", "2147483647"),
            List.of("35", "1", "36"),
            List.of("1:3"),
            List.of("/", "/a\\040-\\040b", "net:[4026531993]", "/../..", "/x//deleted", "-", "\r"),
            List.of(PATH),
            List.of("rw", "ro,noatime", "-", "rw,relatime,idmapped"),
            List.of("shared:1", "", "master:2 propagate_from:3", "unbindable", "new-tag:-"),
            List.of("-"),
            List.of("ext4", "fuse.x-y", "fuseblk", "-", "nfs4", "a\\043b"),
            List.of(
                "/dev/x", "none", "", "-", "/dev/a\\040-\\040b", "\\134", "//h/\u00e4", "\u0085"),
            List.of("rw", "rw,errors=remount-ro", "-", "", "ro,subvol=/-\\040-", "a\tb"));
    String other = "37 36 1:5 / /mnt/other rw - ext4 /dev/y rw";
    for (int field = 0; field < allowed.size(); field++) {
      for (String value : allowed.get(field)) {
        for (String second : allowed.get((field + 2) % allowed.size())) {
          List<String> line = new ArrayList<>();
          for (List<String> values : allowed) {
            line.add(values.get(0));
          }
          line.set(field, value);
          line.set((field + 2) % allowed.size(), second);
          if (line.get(6).isEmpty()) {
            line.remove(6); // no optional field
          }
          String text = String.join(" ", line);
          table(other, text, other);
          assertEquals(MOUNTED, status(NULL), text);
          assertEquals(NOT_MOUNTED, status(ZERO), text);
        }
      }
    }
  }

  /** Paths that look alike once they are decoded wrongly. */
  @Test
  void status_mountPointInAnotherEncoding_isAnotherPath() throws IOException {
    Files.write(mountinfo, line("1:3", "/mnt/\u00fc").getBytes(ISO_8859_1));
    LinuxMountTable mounts = new LinuxMountTable(mountinfo, byUuid);
    assertEquals(NOT_MOUNTED, mounts.status(NULL, "/mnt/\u00fc"));
    assertEquals(NOT_MOUNTED, mounts.status(NULL, "/mnt/\ufffd"));
  }

  @Test
  void status_realRootDevice_isMounted() throws IOException {
    long device = (Long) Files.getAttribute(Path.of("/"), "unix:dev");
    Path found = null;
    try (var nodes = Files.newDirectoryStream(Path.of("/dev"))) {
      for (Path node : nodes) {
        if (device == (Long) Files.getAttribute(node, "unix:rdev") && isBlockDevice(node)) {
          found = node;
        }
      }
    }
    if (found == null) {
      Assumptions.abort("declared: the root file system has no device node here");
    }
    Files.createSymbolicLink(byUuid.resolve("cafe"), found);
    LinuxMountTable real = new LinuxMountTable(Path.of("/proc/self/mountinfo"), byUuid);
    assertEquals(MOUNTED, real.status("cafe", "/"));
    assertTrue(Files.exists(found));
  }

  private static boolean isBlockDevice(Path node) throws IOException {
    return ((Integer) Files.getAttribute(node, "unix:mode") & 0170000) == 0060000;
  }

  private Status status(String uuid) {
    try {
      return new LinuxMountTable(mountinfo, byUuid).status(uuid, PATH);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private void table(String... lines) throws IOException {
    Files.writeString(mountinfo, String.join("\n", lines) + "\n");
  }

  private static String line(String device, String path) {
    return "36 35 " + device + " / " + path + " rw,relatime shared:1 - ext4 /dev/x rw";
  }
}
