package io.github.datastorelookup.verification.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A patch whose header is wrong must not be tried, else its result is misread. */
@Tag("runner")
final class MutantReaderTest {
  private static final List<String> HEADERS =
      List.of(
          "# story: Two counts are lost.",
          "# clause: E1, L6",
          "# invariant: INV-14",
          "# layer: simulation",
          "# check: a.B#c",
          "# check: a.B#d");

  @Test
  void completeHeader_isRead() throws MutantException {
    Mutant mutant = MutantReader.parse("lost-counts", with("--- a", "+++ b"));
    assertEquals("Two counts are lost.", mutant.story());
    assertEquals("E1, L6", mutant.clause());
    assertEquals("INV-14", mutant.invariant());
    assertEquals("[a.B#c, a.B#d]", mutant.checks().toString());
    assertEquals(List.of("--- a", "+++ b"), mutant.diff());
  }

  @ParameterizedTest
  @ValueSource(strings = {"story", "clause", "invariant", "layer", "check"})
  void missingHeader_isAnError(String key) {
    List<String> lines = with("--- a");
    lines.removeIf(line -> line.startsWith("# " + key + ":"));
    assertError("no header # " + key, "id", lines);
  }

  @ParameterizedTest
  @CsvSource({
    "invariant: INV-15, invariant=INV-15",
    "invariant: INV-0, invariant=INV-0",
    "clause: the lock, clause=the lock",
    "check: NoMethod, check=NoMethod",
    "killer: me, is unknown"
  })
  void malformedHeader_isAnError(String header, String message) {
    List<String> lines = with("--- a");
    String key = header.substring(0, header.indexOf(':'));
    lines.removeIf(line -> line.startsWith("# " + key + ":"));
    lines.add(0, "# " + header);
    assertError(message, "id", lines);
  }

  @Test
  void headerTwice_isAnError() {
    List<String> lines = with("--- a");
    lines.add(0, "# layer: processes");
    assertError("more than once", "id", lines);
  }

  @Test
  void unsafeId_isAnError() {
    assertError("id=No Id", "No Id", with("--- a"));
  }

  @Test
  void folder_withAnUnknownCheckAndATwin_reportsBoth(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("a.patch"), with("--- x", "+++ y"));
    Files.write(folder.resolve("b.patch"), with("--- x", "+++ y"));
    Files.write(folder.resolve("c.patch"), with("--- z", "+++ z"));
    MutantFolder read =
        MutantFolder.read(folder, check -> check.method().equals("c") ? "simulation" : null);
    assertEquals(Set.of("a.patch", "b.patch", "c.patch"), read.names());
    assertEquals(List.of(), read.mutants());
    assertTrue(
        read.errors().getOrDefault("a.patch", "").contains("check=a.B#d"),
        read.errors().toString());
    assertTrue(
        read.errors().getOrDefault("b.patch", "").contains("is the same as a"),
        read.errors().toString());
  }

  @Test
  void folder_whoseCheckIsInAnotherLayer_reportsIt(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("a.patch"), with("--- x", "+++ y"));
    MutantFolder read = MutantFolder.read(folder, check -> "unit");
    assertTrue(
        read.errors().getOrDefault("a.patch", "").contains("in layer unit"),
        read.errors().toString());
  }

  private static void assertError(String message, String id, List<String> lines) {
    MutantException thrown =
        assertThrows(MutantException.class, () -> MutantReader.parse(id, lines));
    assertTrue(String.valueOf(thrown.getMessage()).contains(message), thrown.getMessage());
  }

  private static List<String> with(String... diff) {
    List<String> lines = new ArrayList<>(HEADERS);
    lines.addAll(List.of(diff));
    return lines;
  }
}
