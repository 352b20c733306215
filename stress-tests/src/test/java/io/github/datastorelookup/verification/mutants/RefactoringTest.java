package io.github.datastorelookup.verification.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.Position;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.comments.LineComment;
import com.github.javaparser.ast.expr.TextBlockLiteralExpr;
import io.github.datastorelookup.verification.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The library is free to change: no mutant depends on white space, on line comments, or on the
 * order of methods.
 */
@Tag("runner")
final class RefactoringTest {
  private static final JavaParser PARSER =
      new JavaParser(new ParserConfiguration().setLanguageLevel(LanguageLevel.JAVA_17));

  @Test
  void mutants_onSourcesThatAreLaidOutInAnotherWay_stillApply(@TempDir Path folder)
      throws IOException {
    Path original = ChangedLibrary.sources(Repository.root());
    int reordered = 0;
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        String text = Files.readString(file);
        String changed = indented(withoutLineComments(withMethodsReversed(text)));
        reordered += withMethodsReversed(text).equals(text) ? 0 : 1;
        Path target = folder.resolve(original.relativize(file));
        Files.createDirectories(target.getParent());
        Files.writeString(target, changed);
      }
    }
    assertTrue(reordered > 50, "the methods of so few files were reordered: " + reordered);
    assertEquals(Collections.emptyNavigableMap(), failures(folder));
  }

  /** The test above can fail: without one method every mutant in it is lost. */
  @Test
  void mutants_onSourcesThatLackAMethod_doNotApply(@TempDir Path folder) throws IOException {
    Path word = Repository.copyOf("port/OperationWord.java", folder);
    assertNotEquals(Collections.emptyNavigableMap(), failures(word));
  }

  private static NavigableMap<String, String> failures(Path sources) throws IOException {
    SourceTree tree = SourceTree.read(sources);
    NavigableMap<String, String> failures = new TreeMap<>();
    NavigableMap<String, Mutant> mutants =
        MutantPages.read(MutantPages.folder(Repository.root())).mutants();
    assertTrue(mutants.size() >= 100, "the mutants were not found: " + mutants.keySet());
    mutants.forEach(
        (id, mutant) -> {
          try {
            SourceTree unused = tree.with(mutant.replacements());
          } catch (MutantException e) {
            failures.put(id, String.valueOf(e.getMessage()));
          }
        });
    return failures;
  }

  /** The methods of each class exchange their places: the first one goes where the last one was. */
  static String withMethodsReversed(String text) {
    List<Edit> edits = new ArrayList<>();
    for (TypeDeclaration<?> type : parse(text).findAll(TypeDeclaration.class)) {
      boolean outermost =
          type.getParentNode().filter(CompilationUnit.class::isInstance).isPresent();
      if (outermost) { // the methods of nested types go along with them
        List<MethodDeclaration> methods = type.getMethods();
        for (int i = 0; i < methods.size(); i++) {
          MethodDeclaration other = methods.get(methods.size() - 1 - i);
          edits.add(
              new Edit(begin(text, methods.get(i)), end(text, methods.get(i)), of(text, other)));
        }
      }
    }
    return edited(text, edits);
  }

  static String withoutLineComments(String text) {
    List<Edit> edits =
        parse(text).getAllContainedComments().stream()
            .filter(LineComment.class::isInstance)
            .map(each -> new Edit(begin(text, each), end(text, each), ""))
            .toList();
    return edited(text, edits);
  }

  /** Each line inside of a block one level deeper; text blocks are no white space. */
  static String indented(String text) {
    List<Edit> edits = new ArrayList<>();
    List<TextBlockLiteralExpr> literals = parse(text).findAll(TextBlockLiteralExpr.class);
    for (int line = text.indexOf("\n  ") + 1; line > 0; line = text.indexOf("\n  ", line) + 1) {
      int place = line;
      if (literals.stream().noneMatch(it -> begin(text, it) < place && place < end(text, it))) {
        edits.add(new Edit(place, place, "  "));
      }
    }
    return edited(text, edits);
  }

  private record Edit(int begin, int end, String instead) {}

  private static String edited(String text, List<Edit> edits) {
    StringBuilder changed = new StringBuilder(text);
    edits.stream()
        .sorted(Comparator.comparingInt(Edit::begin).reversed())
        .forEach(each -> changed.replace(each.begin(), each.end(), each.instead()));
    return changed.toString();
  }

  private static CompilationUnit parse(String text) {
    return PARSER.parse(text).getResult().orElseThrow();
  }

  private static String of(String text, Node node) {
    return text.substring(begin(text, node), end(text, node));
  }

  private static int begin(String text, Node node) {
    return offset(text, node.getBegin().orElseThrow());
  }

  private static int end(String text, Node node) {
    return offset(text, node.getEnd().orElseThrow()) + 1;
  }

  private static int offset(String text, Position position) {
    int line = 0;
    for (int i = 1; i < position.line; i++) {
      line = text.indexOf('\n', line) + 1;
    }
    return line + position.column - 1;
  }
}
