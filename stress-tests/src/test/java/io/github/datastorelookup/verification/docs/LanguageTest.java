package io.github.datastorelookup.verification.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.comments.Comment;
import io.github.datastorelookup.verification.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Comments of the main code name the thread, process or caller that acts. The allowance is for
 * comments about people.
 */
@Tag("runner")
class LanguageTest {
  private static final int MOST_LINES = 20;
  private static final List<String> MODULES = List.of("impl", "property-tests", "stress-tests");

  /** Lower case or capitalized: an upper-case word is the name of a constant. */
  private static final Pattern VAGUE =
      Pattern.compile(
          "\\b(?:[Nn]o|[Ss]ome|[Aa]ny|[Ee]very)body\\b"
              + "|\\b[Ww]ho(?:m|ever)?\\b"
              + "|\\b[Bb]y[\\s*]+hand\\b");

  private static final JavaParser PARSER =
      new JavaParser(new ParserConfiguration().setLanguageLevel(LanguageLevel.JAVA_17));

  @Test
  void comments_ofTheMainCode_nameTheActor() throws IOException {
    Path root = Repository.root();
    StringBuilder lines = new StringBuilder();
    int files = 0;
    int vague = 0;
    for (String module : MODULES) {
      for (Path file : sources(root.resolve(module).resolve("src/main/java"))) {
        NavigableMap<Integer, String> found = vagueLines(Files.readString(file));
        found.forEach(
            (line, text) ->
                lines.append(
                    String.format(Locale.ROOT, "%s:%d: %s%n", root.relativize(file), line, text)));
        files++;
        vague += found.size();
      }
    }
    assertTrue(files >= 200, files + " files");
    assertTrue(vague <= MOST_LINES, vague + " lines, at most " + MOST_LINES + ":\n" + lines);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "// nobody waits",
        "// Somebody else locked it",
        "/** Whoever waits for it. */",
        "/* anybody, everybody */",
        "int x; // a thread who waits",
        "int x; // the caller whom it refuses",
        "/** Who holds it. */",
        "/** An edit by hand. */",
        "/** An edit\n * by\n * hand. */",
      })
  void comment_thatNamesNoActor_isFound(String member) {
    assertEquals(1, vagueLines(classOf(member)).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "// the thread that waits, whose lock is whole",
        "/** A manual edit; {@link #NOBODY}. */",
        "int nobody; String who;",
        "String s = \"nobody // by hand\"; char c = '\"'; // fine",
        "String s = \"\"\"\n// who\n/* whoever */ \\\"\"\" nobody\n\"\"\";",
      })
  void codeAndLiteralsAndOtherWords_areNotFound(String member) {
    assertEquals(new TreeMap<>(), vagueLines(classOf(member)));
  }

  @Test
  void vagueLine_hasItsNumberAndItsText() {
    assertEquals(
        new TreeMap<>(Map.of(4, "* first line, by hand", 6, "int x; // who")),
        vagueLines(classOf("/**\n * A field.\n * first line, by hand\n */\nint x; // who")));
  }

  private static String classOf(String member) {
    return "class Made {\n" + member + "\n}\n";
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  /** The vague lines by number; a match in several lines counts as its first one. */
  private static NavigableMap<Integer, String> vagueLines(String source) {
    NavigableMap<Integer, String> found = new TreeMap<>();
    List<String> lines = source.lines().toList();
    CompilationUnit unit = PARSER.parse(source).getResult().orElseThrow();
    for (Comment comment : unit.getAllComments()) {
      int first = comment.getRange().orElseThrow().begin.line;
      String content = comment.getContent();
      VAGUE
          .matcher(content)
          .results()
          .forEach(
              match -> {
                int line =
                    first
                        + (int) content.chars().limit(match.start()).filter(c -> c == '\n').count();
                found.put(line, lines.get(line - 1).strip());
              });
    }
    return found;
  }
}
