package io.github.datastorelookup.verification.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.ast.comments.Comment;
import io.github.datastorelookup.verification.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages and comments of the main code name an actor, and end their sentences. */
@Tag("runner")
class LanguageTest {
  private static final int MOST_WORDS = 20_000;
  private static final List<String> MODULES = List.of("impl", "property-tests", "stress-tests");

  /** What tests generate stands between such marks, and follows their words. */
  private static final String GENERATED = "(?s)<!-- generated.*?<!-- end of.*?-->";

  /** A heading of one word is an id. */
  private static final String ID = "(?m)^#+ [a-z0-9-]+$";

  private static final JavaParser PARSER =
      new JavaParser(new ParserConfiguration().setLanguageLevel(LanguageLevel.JAVA_17));

  @Test
  void pages_areInPlainWords() throws IOException {
    List<String> found = new ArrayList<>();
    List<Path> pages = pages();
    pages.remove(Repository.root().resolve("docs/reference/figures.md")); // quotes what runs print
    for (Path page : pages) {
      String text = Files.readString(page).replaceAll(GENERATED, "").replaceAll(ID, "");
      for (String passage : Passages.of(text)) {
        Wording.findings(passage).forEach(each -> found.add(name(page) + ": " + each));
      }
    }
    assertTrue(pages.size() >= 50, pages.size() + " pages");
    assertEquals("", String.join("\n", found));
  }

  /** What is looked up, and decisions, may be as long as they are. */
  @Test
  void pagesToRead_areShort() throws IOException {
    long words = 0;
    for (Path page : pages()) {
      if (!name(page).matches("(docs/(reference|decisions)|stress-tests)/.*")) {
        words += Files.readString(page).strip().split("\\s+").length;
      }
    }
    assertTrue(words > MOST_WORDS / 2 && words <= MOST_WORDS, words + " words");
  }

  @Test
  void comments_ofTheMainCode_areInPlainWords() throws IOException {
    List<String> found = new ArrayList<>();
    int files = 0;
    for (String module : MODULES) {
      Path root = Repository.root().resolve(module).resolve("src/main/java");
      for (Path file : files(root, ".java")) {
        for (String comment : comments(Files.readString(file))) {
          Wording.findings(comment).forEach(each -> found.add(name(file) + ": " + each));
        }
        files++;
      }
    }
    assertTrue(files >= 200, files + " files");
    assertEquals("", String.join("\n", found));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The lock waits for nobody.",
        "Somebody else locked it.",
        "It is refused, whoever asks.",
        "The caller whom it refuses.",
        "Who edits it, writes another file.",
        "It is closed. Who holds it waits.",
        "What a missing file is says L1.",
        "Closes whatever is open.",
        "The summary is told.",
        "Where it stands is said there.",
        "The page says of each layer what it sees.",
        "The lock was not got in time.",
        "A lock that was not had.",
        "An edit by\nhand.",
      })
  void vagueWords_areFound(String text) {
    assertEquals(1, Wording.findings(text).size(), () -> Wording.findings(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A caller that holds it waits. The threads who wait, said before, NOBODY.",
        "Who closes the files? What a missing file is, asks L1?",
        "X says X. It has had an effect.",
      })
  void otherWords_areNotFound(String text) {
    assertEquals(List.of(), Wording.findings(text));
  }

  @Test
  void sentence_ofTooManyWords_isFound() {
    String words = "word ".repeat(35);
    assertEquals(List.of(), Wording.findings(words + ". " + "Word " + "word ".repeat(34) + "."));
    assertEquals(1, Wording.findings(words + "word.").size());
  }

  @Test
  void passages_areParagraphsCellsAndHeadings_withoutCode() {
    assertEquals(
        List.of("A page", "Two lines, X and a link.", "a", "b", "one. two", "X"),
        Passages.of(
            """
            # A page

            Two lines,
            `code` and [a link](nobody.md).

            ```
            nobody
            ```

            | a | b |
            |---|---|
            | one<br>two | `nobody` |
            """));
  }

  @Test
  void comments_areParagraphs_withoutCode() {
    String source =
        """
        /**
         * first {@code nobody}.
         *
         * <p>second, {@link Nobody}.
         *
         * @param x third
         */
        class Made {
          int x; // fourth
          String s = "// nobody";
        }
        """;
    assertEquals(
        List.of("first X.", "second, X.", "third", "fourth"),
        comments(source).stream().map(String::strip).toList());
  }

  /** The paragraphs of all comments; code and links are a capital X. */
  private static List<String> comments(String source) {
    List<String> paragraphs = new ArrayList<>();
    for (Comment comment : PARSER.parse(source).getResult().orElseThrow().getAllComments()) {
      String text =
          comment
              .getContent()
              .replaceAll("(?m)^\\s*\\*", " ")
              .replaceAll("(?s)<pre>.*?</pre>", " ")
              .replaceAll("(?s)\\{@\\w+\\s[^}]*\\}", "X")
              .replaceAll("(?m)^\\s*@param\\s+\\S+|^\\s*@(?:return|throws|see)\\s", "<p>");
      for (String paragraph : text.split("<p>|<li>|<br>|</?[a-z]+>", -1)) {
        if (!paragraph.isBlank()) {
          paragraphs.add(paragraph);
        }
      }
    }
    return paragraphs;
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(files(Repository.root().resolve("docs"), ".md"));
    pages.addAll(files(Repository.root().resolve("stress-tests/mutants"), ".md"));
    pages.add(Repository.root().resolve("README.md"));
    return pages;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static String name(Path file) {
    return Repository.root().relativize(file).toString();
  }
}
