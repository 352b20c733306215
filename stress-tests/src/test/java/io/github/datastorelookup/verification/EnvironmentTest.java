package io.github.datastorelookup.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report names the commit, and says when the working tree is another one. */
@Tag("runner")
final class EnvironmentTest {
  private final Path root;

  EnvironmentTest(@TempDir Path root) throws IOException, InterruptedException {
    this.root = root;
    git("init", "-q");
    Files.writeString(root.resolve("file"), "one");
    git("add", "file");
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "one");
  }

  @Test
  void commit_ofACleanTree_isItsId() throws IOException {
    assertTrue(commit().matches("[0-9a-f]{40}"), commit());
  }

  @Test
  void commit_ofAChangedTree_isDirtyWithADigestOfTheDifference() throws IOException {
    Files.writeString(root.resolve("file"), "two");
    String two = commit();
    assertTrue(two.matches("[0-9a-f]{40}-dirty-[0-9a-f]{12}"), two);
    assertEquals(two, commit());
    Files.writeString(root.resolve("file"), "three");
    assertNotEquals(two, commit());
  }

  @Test
  void commit_besideAnUntrackedFile_isDirty() throws IOException {
    Files.writeString(root.resolve("other"), "two");
    String two = commit();
    assertTrue(two.contains("-dirty-"), two);
    Files.writeString(root.resolve("other"), "three");
    assertNotEquals(two, commit());
  }

  @Test
  void commit_outsideOfARepository_isUnknown(@TempDir Path other) throws IOException {
    assertEquals("unknown", Environment.here(other).commit());
  }

  private String commit() throws IOException {
    return Environment.here(root).commit();
  }

  private void git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    assertEquals(0, new ProcessBuilder(command).directory(root.toFile()).start().waitFor());
  }
}
