package io.github.datastorelookup.verification.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.verification.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every link in {@code README.md}, below {@code docs} and among the mutants leads somewhere. */
@Tag("runner")
class LinksTest {
  private final Path madeUp;

  LinksTest(@TempDir Path madeUp) throws IOException {
    this.madeUp = madeUp;
    write(
        "docs/page.md",
        """
        # A page
        ## What `it` is, and *why*
        ## Twice
        ## Twice
        ```
        # no heading
        ```
        """);
    write("stress-tests/mutants/saves.md", "# Saves\n### some-mutant\n");
    write("docs/picture.png", "");
    write("impl/target/built.txt", "");
    write("a b.txt", "");
  }

  @Test
  void links_ofThisRepository_leadSomewhere() throws IOException {
    Links links = Links.read(Repository.root());
    assertTrue(links.count() >= 100, links.count() + " links");
    assertEquals("", String.join("\n", links.broken()));
  }

  @Test
  void pages_ofThisRepository_areFoundFromTheReadme() throws IOException {
    assertEquals(Set.of(), Links.read(Repository.root()).orphans());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[x](docs/page.md)",
        "[x](docs)",
        "[x](docs/page.md#what-it-is-and-why)",
        "[x](docs/page.md#twice)",
        "[x](docs/page.md#twice-1)",
        "[x](stress-tests/mutants/saves.md#some-mutant)",
        "[x](a%20b.txt)",
        "[x][y]\n\n[y]: docs/page.md",
        "# Here\n[x](#here)",
        "![x](docs/picture.png)",
        "[x](https://example.org/a#b)",
        "`[x](missing.md)`",
        "<!-- a comment -->"
      })
  void link_thatLeadsSomewhere_isNotBroken(String text) throws IOException {
    write("README.md", text);
    assertEquals(List.of(), Links.read(madeUp).broken());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '"',
      value = {
        "missing.md ! there is no missing.md",
        "docs/page.md#other ! no heading of docs/page.md is #other",
        "stress-tests/mutants/saves.md#other ! no heading of stress-tests/mutants/saves.md is #other",
        "docs/page.md#Twice ! no heading of docs/page.md is #Twice",
        "docs/page.md#twice-2 ! no heading of docs/page.md is #twice-2",
        "docs/page.md#no-heading ! no heading of docs/page.md is #no-heading",
        "#nowhere ! no heading of README.md is #nowhere",
        "a%20b.txt#x ! a b.txt is none of the pages, so its anchors are not checked",
        "impl/target/built.txt ! is built, and not among the sources",
        "../other/README.md ! is outside of the sources",
        "/docs/page.md ! no path relative to the page",
        "http://example.org ! neither a relative path nor https with a host",
        "https:///path ! neither a relative path nor https with a host",
        "//example.org/path ! neither a relative path nor https with a host",
        "mailto:a@example.org ! neither a relative path nor https with a host",
        "a%2.md ! is no address: Malformed escape pair",
      })
  void link_thatLeadsNowhere_isNamedWithItsLineAndTheReason(String target, String reason)
      throws IOException {
    write("README.md", "# Title\n\nText\n[x](" + target + ")");
    assertEquals(
        List.of("file=README.md line=4 link=" + target + ": " + reason),
        Links.read(madeUp).broken());
  }

  @Test
  void link_inATable_isNamedWithTheLineOfItsRow() throws IOException {
    write("README.md", "| a | b |\n|---|---|\n| c | d |\n| e | [x](missing.md) |\n");
    assertEquals(
        List.of("file=README.md line=4 link=missing.md: there is no missing.md"),
        Links.read(madeUp).broken());
  }

  @Test
  void link_ofAPageInAFolder_isRelativeToThatPage() throws IOException {
    write("README.md", "");
    write("docs/deep/page.md", "[x](../page.md)\n[y](page.md#twice)\n");
    assertEquals(
        List.of(
            "file=docs/deep/page.md line=2 link=page.md#twice:"
                + " no heading of docs/deep/page.md is #twice"),
        Links.read(madeUp).broken());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '"',
      value = {
        "<img src='docs/picture.png'> ! links and anchors in HTML are not checked; write it in Markdown",
        "[x](docs/page.md and more) ! looks like a link, but is text",
        "[x][y] ! looks like a link, but is text",
      })
  void whatIsNoPlainLink_isNamedToo(String text, String reason) throws IOException {
    write("README.md", text);
    assertEquals(
        List.of("file=README.md line=1 link=" + text + ": " + reason), Links.read(madeUp).broken());
  }

  @Test
  void link_withoutATarget_isNamed() throws IOException {
    write("README.md", "[x]()");
    assertEquals(
        List.of("file=README.md line=1 link=: no path relative to the page"),
        Links.read(madeUp).broken());
  }

  @Test
  void image_thatIsMissingOrAFolder_isNamed() throws IOException {
    write("README.md", "![x](docs/missing.png)\n![x](docs)");
    assertEquals(
        List.of(
            "file=README.md line=1 link=docs/missing.png: there is no docs/missing.png",
            "file=README.md line=2 link=docs: docs is no image"),
        Links.read(madeUp).broken());
  }

  @Test
  void page_thatIsFoundOnlyFromAnOrphan_isAnOrphan() throws IOException {
    write("README.md", "[x](docs/page.md), [y](docs/deep)\n");
    write("docs/page.md", "[x](found.md#here)\n");
    write("docs/found.md", "# Here\n[x](page.md)\n");
    write("docs/deep/one.md", "[x](two.md)\n");
    write("docs/deep/two.md", "[x](one.md)\n");
    assertEquals(
        Set.of("docs/deep/one.md", "docs/deep/two.md", "stress-tests/mutants/saves.md"),
        Links.read(madeUp).orphans().stream().map(Path::toString).collect(Collectors.toSet()));
  }

  private void write(String file, String text) throws IOException {
    Path path = madeUp.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
