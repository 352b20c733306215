package io.github.datastorelookup.posix;

import static io.github.datastorelookup.port.MountTable.Status.MOUNTED;
import static io.github.datastorelookup.port.MountTable.Status.NOT_MOUNTED;
import static io.github.datastorelookup.port.MountTable.Status.UNKNOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.port.MountTable.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void status_deviceNotPluggedIn_isNotMounted() throws IOException {
    table(line("1:3", PATH));
    assertEquals(NOT_MOUNTED, status(UNPLUGGED), "dangling link");
    assertEquals(NOT_MOUNTED, status(UNPLUGGED.replace('3', '4')), "no link");
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
    assertEquals(NOT_MOUNTED, status(NULL));
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
  void status_realTableOfThisSystem_isUnderstood() {
    LinuxMountTable real = new LinuxMountTable(Path.of("/proc/self/mountinfo"), byUuid);
    assertEquals(NOT_MOUNTED, real.status(NULL, "/no/such/mount"));
    assertEquals(NOT_MOUNTED, real.status(NULL, "/"));
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
    return new LinuxMountTable(mountinfo, byUuid).status(uuid, PATH);
  }

  private void table(String... lines) throws IOException {
    Files.writeString(mountinfo, String.join("\n", lines) + "\n");
  }

  private static String line(String device, String path) {
    return "36 35 " + device + " / " + path + " rw,relatime shared:1 - ext4 /dev/x rw";
  }
}
