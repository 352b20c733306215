package io.github.datastorelookup.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run deletes no failure of the runs before, but does not keep all of them for ever. */
@Tag("runner")
final class KeptRunsTest {
  private final Path folder;
  private final Path kept;

  KeptRunsTest(@TempDir Path target) {
    folder = target.resolve("verification");
    kept = target.resolve("verification-runs");
  }

  @Test
  void folderOfTheRunBefore_isKeptUnderItsTime() throws IOException {
    run(0);
    KeptRuns.makeRoom(folder);
    assertFalse(Files.exists(folder));
    assertEquals("failure 0", Files.readString(kept.resolve("20261126-000000-000/failures/one")));
  }

  @Test
  void withoutARunBefore_thereIsNothingToKeep() throws IOException {
    KeptRuns.makeRoom(folder);
    assertFalse(Files.exists(kept));
  }

  @Test
  void oldestRuns_areDeleted() throws IOException {
    for (int i = 0; i < 12; i++) {
      run(i);
      KeptRuns.makeRoom(folder);
    }
    try (Stream<Path> runs = Files.list(kept)) {
      List<String> names = runs.map(each -> each.getFileName().toString()).sorted().toList();
      assertEquals(10, names.size());
      assertEquals("20261126-000002-000", names.get(0));
    }
  }

  private void run(int second) throws IOException {
    Path failures = Files.createDirectories(folder.resolve("failures"));
    Files.writeString(failures.resolve("one"), "failure " + second);
    Instant then = Instant.parse("2026-11-26T00:00:00Z").plusSeconds(second);
    Files.setLastModifiedTime(folder, FileTime.from(then));
  }
}
