package io.github.datastorelookup.verification.mutants;

import io.github.datastorelookup.verification.mutants.Mutant.CheckName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code <id>.patch}: header lines, then a unified diff.
 *
 * <pre>
 * # story: An operation is counted only after the config lock was released.
 * # clause: L2
 * # invariant: INV-3
 * # layer: simulation
 * # check: io.github.datastorelookup.simulation.LookupProperties#everyScheduleHolds
 * --- a/impl/src/main/java/io/github/datastorelookup/Core.java
 * +++ b/impl/src/main/java/io/github/datastorelookup/Core.java
 * @@ -10,3 +10,3 @@
 * </pre>
 */
public final class MutantReader {
  private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern HEADER = Pattern.compile("# ([a-z]+): (\\S.*)");
  private static final Pattern INVARIANT = Pattern.compile("INV-([1-9]|1[0-4])");
  private static final Pattern CLAUSE = Pattern.compile("[A-Z]\\d+(, [A-Z]\\d+)*");
  private static final Set<String> KEYS = Set.of("story", "clause", "invariant", "layer", "check");

  private MutantReader() {}

  /** The file name without its ending. */
  static String idOf(Path patch) {
    return String.valueOf(patch.getFileName()).replaceFirst("\\.patch$", "");
  }

  /**
   * Reads and checks one patch.
   *
   * @throws MutantException when a header is missing, unknown, doubled or malformed, or there is no
   *     diff
   */
  public static Mutant read(Path patch) throws MutantException, IOException {
    return parse(idOf(patch), Files.readAllLines(patch));
  }

  static Mutant parse(String id, List<String> lines) throws MutantException {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    int line = 0;
    while (line < lines.size() && lines.get(line).startsWith("#")) {
      Matcher header = HEADER.matcher(lines.get(line));
      if (!header.matches() || !KEYS.contains(header.group(1))) {
        throw new MutantException("mutant=" + id + " header=" + lines.get(line) + " is unknown");
      }
      headers.computeIfAbsent(header.group(1), key -> new ArrayList<>()).add(header.group(2));
      line++;
    }
    List<CheckName> checks = new ArrayList<>();
    for (String check : all(id, headers, "check")) {
      checks.add(CheckName.parse(check.strip()));
    }
    return new Mutant(
        matching(id, "id", ID, id),
        one(id, headers, "story"),
        matching(id, "clause", CLAUSE, one(id, headers, "clause")),
        matching(id, "invariant", INVARIANT, one(id, headers, "invariant")),
        one(id, headers, "layer"),
        checks,
        lines.subList(line, lines.size()));
  }

  private static List<String> all(String id, Map<String, List<String>> headers, String key)
      throws MutantException {
    List<String> values = headers.getOrDefault(key, List.of());
    if (values.isEmpty()) {
      throw new MutantException("mutant=" + id + " has no header # " + key + ":");
    }
    return values;
  }

  private static String one(String id, Map<String, List<String>> headers, String key)
      throws MutantException {
    List<String> values = all(id, headers, key);
    if (values.size() > 1) {
      throw new MutantException("mutant=" + id + " has header # " + key + ": more than once");
    }
    return values.get(0).strip();
  }

  private static String matching(String id, String key, Pattern pattern, String value)
      throws MutantException {
    if (!pattern.matcher(value).matches()) {
      throw new MutantException(
          "mutant=" + id + " " + key + "=" + value + ", expected " + pattern.pattern());
    }
    return value;
  }
}
