package io.github.datastorelookup.verification.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the class comment of a race says: its claim, in a paragraph such as "Clauses W3, W4;
 * INV-3.", and the command that runs it.
 *
 * @param name the class
 * @param comment the text of its comment, line by line
 */
record RaceSource(String name, List<String> comment) {
  /** Where the races are. */
  static final String FOLDER = "stress-tests/src/main/java/io/github/datastorelookup/races";

  private static final Pattern RACE = Pattern.compile("(?m)^@JCStressTest$");
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*\\*(.*?)\\*/");
  private static final Pattern CLAIM =
      Pattern.compile(
          "<p>(?:Clause [A-Z]\\d+|Clauses [A-Z]\\d+(?:, [A-Z]\\d+)+); INV-\\d+(?:, INV-\\d+)*\\.");
  private static final Pattern ID = Pattern.compile("INV-\\d+|[A-Z]\\d+");
  private static final String RUN =
      "mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=";

  /** Copies the lines. */
  RaceSource {
    comment = List.copyOf(comment);
  }

  /** All races below the folder of the parent pom, by name. */
  static List<RaceSource> all(Path root) throws IOException {
    List<RaceSource> races = new ArrayList<>();
    Path folder = root.resolve(FOLDER);
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          String source = Files.readString(file);
          if (RACE.matcher(source).find()) {
            String name = file.getFileName().toString().replaceFirst("\\.java$", "");
            races.add(new RaceSource(name, comment(source)));
          }
        }
      }
    }
    return races;
  }

  private static List<String> comment(String source) {
    Matcher comment = COMMENT.matcher(source);
    return comment.find()
        ? comment.group(1).lines().map(line -> line.replaceFirst("^\\s*\\* ?", "")).toList()
        : List.of();
  }

  /** Its file, from the folder of the parent pom. */
  String file() {
    return FOLDER + "/" + name + ".java";
  }

  private List<String> claims() {
    return comment.stream().filter(line -> CLAIM.matcher(line).matches()).toList();
  }

  /** The clauses and invariants that it claims to be about. */
  List<String> ids() {
    return claims().stream()
        .flatMap(claim -> ID.matcher(claim).results())
        .map(MatchResult::group)
        .toList();
  }

  /** What its comment lacks. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    int claims = claims().size();
    if (claims != 1) {
      faults.add(name + " has " + claims + " paragraphs such as: Clauses W3, W4; INV-3.");
    }
    List<String> commands = comment.stream().filter(line -> line.contains("-Drace=")).toList();
    if (!commands.equals(List.of(RUN + name))) {
      faults.add(name + " has " + commands + " instead of the command: " + RUN + name);
    }
    return faults;
  }
}
