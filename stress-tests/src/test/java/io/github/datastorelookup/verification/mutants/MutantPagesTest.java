package io.github.datastorelookup.verification.mutants;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.verification.Repository;
import io.github.datastorelookup.verification.mutants.Mutant.CheckName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mutant that is malformed, or that no check claims to kill, must not pass for a tried one. */
@Tag("runner")
final class MutantPagesTest {
  private static final String LOST_COUNTS =
      """
      # Counting

      Prose of a page belongs to no mutant.

      ### lost-counts

      Two threads count at once,
      and one count is lost. Clauses W3, L2; breaks INV-6.

      ```diff
      - a();
      + b();
      ```

      ```diff
        c();
      + d();
      ```
      """;

  @Test
  void wholeMutant_isRead() throws MutantException {
    Mutant mutant = parse(LOST_COUNTS).get("lost-counts");
    assertAll(
        () -> assertEquals("Two threads count at once, and one count is lost.", mutant.story()),
        () -> assertEquals("W3, L2", mutant.clause()),
        () -> assertEquals("INV-6", mutant.invariant()),
        () ->
            assertEquals(
                List.of(
                    new Replacement(List.of("- a();", "+ b();")),
                    new Replacement(List.of("  c();", "+ d();"))),
                mutant.replacements()));
  }

  @ParameterizedTest
  @CsvSource({
    "breaks INV-6, breaks INV-16, expected",
    "breaks INV-6, breaks INV-0, expected",
    "'Clauses W3, L2', Clause three, expected",
    "lost-counts, Lost counts, expected",
    "```diff, ```java, no diff block",
    "'+ d();\n```', + d();, does not end",
    "### lost, ## lost, expected",
    "'- a();', '-a();', two blanks",
    "'  c();', ' c();', two blanks",
    "'+ d();', +d();, two blanks"
  })
  void malformedMutant_isAnError(String part, String instead, String message) {
    MutantPages pages = parse(LOST_COUNTS.replace(part, instead));
    assertEquals(Map.of(), pages.mutants());
    assertTrue(pages.errors().toString().contains(message), pages.errors().toString());
  }

  @Test
  void pagesOfThisRepository_areSound() throws IOException {
    MutantPages pages = MutantPages.read(MutantPages.folder(Repository.root()));
    assertEquals(Map.of(), pages.errors());
  }

  @Test
  void mutant_thatIsThereTwice_isAnError() {
    MutantPages pages = parse(LOST_COUNTS + LOST_COUNTS);
    assertEquals(
        Map.of("lost-counts", "page.md:23 mutant=lost-counts: it is there twice"), pages.errors());
  }

  @Test
  void unknownMutant_isRefusedWithTheNamesThereAre() {
    MutantException thrown =
        assertThrows(MutantException.class, () -> parse(LOST_COUNTS).get("lost-count"));
    assertEquals("mutant=lost-count is unknown; there are [lost-counts]", thrown.getMessage());
  }

  @Test
  void mutantsOfAFolder_withoutAKillerOrWithATwin_areErrors(@TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("a.md"), LOST_COUNTS);
    Files.writeString(folder.resolve("b.md"), LOST_COUNTS.replace("lost-counts", "lost-twice"));
    String other = LOST_COUNTS.replace("lost-counts", "unseen").replace("d()", "e()");
    Files.writeString(folder.resolve("c.md"), other);
    CheckName check = new CheckName("unit", "a.B", "c");
    Map<String, List<CheckName>> killers =
        Map.of("lost-counts", List.of(check), "lost-twice", List.of(check), "x", List.of(check));
    MutantSet read = MutantSet.read(folder, directory(killers));
    assertAll(
        () ->
            assertEquals(List.of("lost-counts"), read.mutants().stream().map(Mutant::id).toList()),
        () -> assertEquals("unit", read.mutants().get(0).layer()),
        () -> assertEquals(Set.of("lost-counts", "lost-twice", "unseen", "x"), read.names()),
        () -> assertError(read, "lost-twice", "is the same as lost-counts"),
        () -> assertError(read, "unseen", "has no check that is tagged kills:unseen"),
        () -> assertError(read, "x", "check=[a.B#c] claims to kill the unknown mutant=x"));
  }

  private static CheckDirectory directory(Map<String, List<CheckName>> killers) {
    return new CheckDirectory() {
      @Override
      public List<CheckName> killersOf(String mutant) {
        return killers.getOrDefault(mutant, List.of());
      }

      @Override
      public Set<String> claimed() {
        return killers.keySet();
      }
    };
  }

  private static void assertError(MutantSet read, String mutant, String message) {
    String error = read.errors().getOrDefault(mutant, "");
    assertTrue(error.contains(message), read.errors().toString());
  }

  private static MutantPages parse(String page) {
    MutantPages pages = MutantPages.empty();
    pages.parse("page.md", page.lines().toList());
    return pages;
  }
}
