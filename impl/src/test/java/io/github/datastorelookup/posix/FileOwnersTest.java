package io.github.datastorelookup.posix;

import static io.github.datastorelookup.posix.Failures.assertFails;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which owner, group and mode a new file gets, and whose directories are trusted. */
@Tag("INV-14")
final class FileOwnersTest {
  private static final int NOBODY = 65534;
  private static final String OTHER = String.valueOf(OtherUser.ID);
  private static final String UNTRUSTED =
      "is owned by neither root nor this process's user nor the owner option: uid=";

  private final Path directory;
  private final Path file;
  private final int self;

  FileOwnersTest(@TempDir Path directory) throws IOException {
    this.directory = Files.createDirectory(directory.resolve("run"));
    Files.setAttribute(this.directory, "unix:mode", 0755);
    file = Files.createFile(directory.resolve("file"));
    self = attribute("uid");
  }

  private int attribute(String name) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:" + name);
  }

  @Test
  void self_isTheOwnerOfNewFiles() {
    assertEquals(self, SharedAccess.self());
  }

  @Test
  void withGroup_numberOfAGroup_isThatGroup() throws IOException {
    SharedAccess access = SharedAccess.defaults().withGroup(String.valueOf(attribute("gid")));
    assertEquals(Files.getAttribute(file, "unix:group"), access.group());
    assertNotNull(access.withMode(0600).group(), "stays");
  }

  /** Only root can give files away, so the file of another process stays its own. */
  @Test
  void applyTo_withAnotherOwner_givesItTheFileIfThisIsRoot() throws IOException {
    SharedAccess access = SharedAccess.defaults().withOwner(OTHER);
    access.applyTo(file, 0640);
    assertEquals(self == 0 ? OtherUser.ID : self, attribute("uid"));
    access.applyTo(file, 0600); // again, which changes the mode only
    assertEquals(self == 0 ? OtherUser.ID : self, attribute("uid"));
    assertEquals("600", Modes.of(file));
  }

  @Test
  void applyTo_withoutOwnerAndGroup_setsTheModeOnly() throws IOException {
    int gid = attribute("gid");
    SharedAccess.defaults().applyTo(file, 0604);
    assertEquals("604", Modes.of(file));
    assertEquals(self, attribute("uid"));
    assertEquals(gid, attribute("gid"));
  }

  @Test
  void applyTo_withAnotherGroup_givesItTheFile() throws IOException {
    OtherUser.own(file, "gid", 34); // as a set-group-id directory would
    SharedAccess.defaults().withGroup(OTHER).applyTo(file, 0660);
    assertEquals(OtherUser.ID, attribute("gid"));
    assertEquals(self, attribute("uid"));
  }

  @Test
  void applyTo_fileThatHasOwnerAndGroupAlready_keepsThem() throws IOException {
    int gid = attribute("gid");
    SharedAccess.defaults()
        .withOwner(String.valueOf(self))
        .withGroup(String.valueOf(gid))
        .applyTo(file, 0660);
    assertEquals(self, attribute("uid"));
    assertEquals(gid, attribute("gid"));
    assertEquals("660", Modes.of(file));
  }

  @Test
  void requireTrusted_ofRootAndOfThisUser_isTrusted() throws IOException {
    SharedAccess access = SharedAccess.defaults();
    assertDoesNotThrow(() -> access.requireTrusted(directory));
    assertDoesNotThrow(() -> access.requireTrusted(Path.of("/proc")), "root's");
  }

  @Test
  @Tag("kills:run-directory-of-any-user")
  void requireTrusted_ofAnotherUser_isRefusedUnlessThatIsTheOwnerOption() throws IOException {
    OtherUser.own(directory, OtherUser.ID);
    SharedAccess none = SharedAccess.defaults();
    assertFails(() -> none.requireTrusted(directory), directory, UNTRUSTED + OTHER);
    SharedAccess third = none.withOwner("12346");
    assertFails(() -> third.requireTrusted(directory), directory, UNTRUSTED + OTHER);
    assertDoesNotThrow(() -> none.withOwner(OTHER).requireTrusted(directory));
  }

  /** In a user namespace the host's root looks like nobody; elsewhere nobody is a user like any. */
  @Test
  void requireTrusted_ofNobodyOutsideAUserNamespace_isRefused() throws IOException {
    String map = Files.readString(Path.of("/proc/self/uid_map"), ISO_8859_1);
    if (!map.replaceAll(" +", " ").trim().equals("0 0 4294967295")) {
      Assumptions.abort("declared: in a user namespace nobody stands for the host's root");
    }
    OtherUser.own(directory, NOBODY);
    assertFails(
        () -> SharedAccess.defaults().requireTrusted(directory), directory, UNTRUSTED + NOBODY);
  }

  @ParameterizedTest
  @CsvSource({
    "0600, 1700, 0750, 0644, 0600",
    "0640, 1750, 0750, 0644, 0640",
    "0660, 1770, 0770, 0664, 0640",
    "0604, 1705, 0750, 0644, 0604",
    "0644, 1755, 0750, 0644, 0644",
    "0664, 1775, 0770, 0664, 0644"
  })
  void modes_ofEachOption_giveOthersNoMoreThanItSays(
      String mode, String directoryMode, String storeMode, String lockMode, String configMode) {
    SharedAccess access = SharedAccess.defaults().withMode(octal(mode));
    assertEquals(octal(directoryMode), access.directoryMode());
    assertEquals(octal(storeMode), access.storeMode());
    assertEquals(octal(lockMode), access.storeLockMode());
    assertEquals(octal(configMode), access.configMode());
  }

  private static int octal(String digits) {
    return Integer.parseInt(digits, 8);
  }
}
