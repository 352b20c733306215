package io.github.datastorelookup.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A user, and a group, that no process of these tests has. */
final class OtherUser {
  /** The user's number, and the group's. */
  static final int ID = 12_345;

  private OtherUser() {}

  /** Gives a file to this user, or aborts the test where that is not allowed. */
  static void own(Path path, int user) throws IOException {
    own(path, "uid", user);
  }

  /** Sets its {@code uid} or its {@code gid}, or aborts the test. */
  static void own(Path path, String which, int id) throws IOException {
    try {
      Files.setAttribute(path, "unix:" + which, id);
    } catch (IOException e) {
      Assumptions.abort("declared: only root may give files to any user or group");
    }
  }
}
