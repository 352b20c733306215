package io.github.datastorelookup.verification.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.datastorelookup.races.WrongVersions;
import io.github.datastorelookup.verification.docs.Evidence.Kind;
import io.github.datastorelookup.verification.mutants.Mutant;
import io.github.datastorelookup.verification.mutants.MutantPages;
import io.github.datastorelookup.verification.races.RaceScan;
import io.github.datastorelookup.verification.tests.CheckClass;
import io.github.datastorelookup.verification.tests.CheckId;
import io.github.datastorelookup.verification.tests.CheckScan;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Collects the evidence from sources, annotations, headers of patches, and traces. */
final class EvidenceReader {
  /** Where the library is. */
  static final String LIBRARY = "impl/src/main/java/io/github/datastorelookup";

  private static final List<String> MODULES = List.of("impl", "property-tests", "stress-tests");
  // Sources are formatted, so a block comment's lines begin with a star.
  private static final Pattern COMMENT = Pattern.compile("(?m)(//|^\\s*/?\\*).*$");
  private static final Pattern RANGE = Pattern.compile("\\b([A-Z])(\\d+) to \\1(\\d+)\\b");
  private static final Pattern CLAUSE = Pattern.compile("\\b[A-Z]\\d+\\b");

  private final Path root;
  private final Evidence evidence = new Evidence();
  private final NavigableMap<String, List<String>> idsOfMutant = new TreeMap<>();

  private EvidenceReader(Path root) {
    this.root = root;
  }

  /**
   * Reads all that there is.
   *
   * @param root the folder of the parent pom; what is missing below it is no evidence
   */
  static Evidence read(Path root) throws IOException {
    EvidenceReader reader = new EvidenceReader(root);
    reader.code();
    reader.mutants();
    reader.tags();
    reader.races();
    reader.traces();
    return reader.evidence;
  }

  private void code() throws IOException {
    Path folder = root.resolve(LIBRARY);
    for (Path file : files(folder, ".java")) {
      String name = folder.relativize(file).toString().replaceFirst("\\.java$", "");
      for (MatchResult comment : COMMENT.matcher(Files.readString(file)).results().toList()) {
        clausesIn(comment.group()).forEach(id -> evidence.add(Kind.CODE, id, name));
      }
    }
  }

  /** "W1 to W5" names five. */
  private static List<String> clausesIn(String comment) {
    List<String> ids = new ArrayList<>();
    Matcher range = RANGE.matcher(comment);
    while (range.find()) {
      for (int n = Integer.parseInt(range.group(2)); n <= Integer.parseInt(range.group(3)); n++) {
        ids.add(range.group(1) + n);
      }
    }
    CLAUSE.matcher(comment).results().forEach(id -> ids.add(id.group()));
    return ids;
  }

  private void mutants() throws IOException {
    for (Mutant mutant : MutantPages.read(MutantPages.folder(root)).mutants().values()) {
      List<String> ids = new ArrayList<>(List.of(mutant.clause().split(", ", -1)));
      ids.add(mutant.invariant());
      idsOfMutant.put(mutant.id(), ids);
      ids.forEach(id -> evidence.add(Kind.MUTANT, id, mutant.id()));
    }
  }

  private static String shortName(String check) {
    return check.replaceFirst("^.*\\.", "");
  }

  private void tags() throws IOException {
    ClassLoader loader = EvidenceReader.class.getClassLoader();
    for (String module : MODULES) {
      Path folder = root.resolve(module).resolve("target/test-classes");
      for (CheckClass each : CheckScan.folder(module, folder, loader)) {
        for (Method method : CheckScan.testables(each.type())) {
          String name = CheckId.of(each.type(), method).shortName();
          for (String tag : CheckScan.tags(method)) {
            String mutant = tag.replaceFirst("^kills:", "");
            List<String> ids =
                tag.startsWith("INV-") ? List.of(tag) : idsOfMutant.getOrDefault(mutant, List.of());
            ids.forEach(id -> evidence.add(Kind.CHECK, id, name));
          }
        }
      }
    }
  }

  private void races() throws IOException {
    for (Map.Entry<String, Class<?>> race :
        RaceScan.annotated(root.resolve("stress-tests/target/classes")).entrySet()) {
      WrongVersions wrong = race.getValue().getAnnotation(WrongVersions.class);
      for (String mutant : wrong == null ? new String[0] : wrong.mutants()) {
        idsOfMutant
            .getOrDefault(mutant, List.of())
            .forEach(id -> evidence.add(Kind.RACE, id, shortName(race.getKey())));
      }
    }
  }

  private void traces() throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (Path file : files(root.resolve("docs/traces"), ".jsonl")) {
      for (String line : Files.readAllLines(file)) {
        JsonNode trace = json.readTree(line);
        trace
            .path("clauses")
            .forEach(id -> evidence.add(Kind.TRACE, id.asText(), trace.path("id").asText()));
      }
    }
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
