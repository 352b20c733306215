package io.github.datastorelookup.verification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of what changed in a working tree: clauses of the protocol, classes, mutants. */
final class Changes {
  private static final Pattern FILE = Pattern.compile("\\+\\+\\+ b/(.*)");
  private static final Pattern HUNK =
      Pattern.compile("@@ -(\\d+)(?:,(\\d+))? \\+(\\d+)(?:,(\\d+))? @@.*");
  private static final Pattern CLAUSE = Pattern.compile("\\b(?:API-|[SWLRDETMCKO])\\d{1,2}\\b");
  private static final Pattern MUTANT = Pattern.compile("### (\\S+)");

  private final Path root;
  private final NavigableSet<String> names = new TreeSet<>();

  private Changes(Path root) {
    this.root = root;
  }

  /**
   * Reads the difference between a commit and the working tree.
   *
   * @throws IllegalArgumentException when git knows no such commit
   */
  static NavigableSet<String> since(String commit, Path root) throws IOException {
    Changes changes = new Changes(root);
    changes.add(difference(commit, root), 3);
    for (String untracked :
        Git.output(root, "ls-files", "--others", "--exclude-standard").lines().toList()) {
      changes.add(untracked, 1, Integer.MAX_VALUE);
    }
    return changes.names;
  }

  /** Reads a patch for the working tree. */
  static NavigableSet<String> by(String patch, Path root) throws IOException {
    Changes changes = new Changes(root);
    changes.add(patch, 1);
    return changes.names;
  }

  /** The working tree is the new side of the difference, with its lines in group 3, or the old. */
  private void add(String difference, int side) throws IOException {
    String file = "";
    for (String line : difference.lines().toList()) {
      Matcher name = FILE.matcher(line);
      Matcher hunk = HUNK.matcher(line);
      if (name.matches()) {
        file = name.group(1);
      } else if (hunk.matches()) {
        int first = Integer.parseInt(hunk.group(side));
        String count = hunk.group(side + 1);
        add(file, first, first + Math.max(0, (count == null ? 1 : Integer.parseInt(count)) - 1));
      }
    }
  }

  private static String difference(String commit, Path root) throws IOException {
    try {
      String id =
          Git.output(root, "rev-parse", "--verify", "--end-of-options", commit + "^{commit}");
      return Git.output(root, "diff", "--unified=0", "--no-renames", id.strip(), "--");
    } catch (IOException e) {
      throw new IllegalArgumentException("since=" + commit + ", which git does not know", e);
    }
  }

  /** Names what the lines from {@code first} to {@code last} of a file belong to. */
  private void add(String file, int first, int last) throws IOException {
    String name = file.substring(file.lastIndexOf('/') + 1);
    boolean mutants = file.startsWith("stress-tests/mutants/");
    boolean protocol = name.equals("Protocol.java") || file.equals("docs/protocol.md");
    if (mutants || protocol) {
      List<String> lines = Files.readAllLines(root.resolve(file));
      String separator = mutants ? "### " : name.endsWith(".java") ? "  }" : "";
      String unit = String.join("\n", unit(lines, first, last, separator));
      Matcher found = (mutants ? MUTANT : CLAUSE).matcher(unit);
      while (found.find()) {
        names.add(mutants ? found.group(1) : found.group());
      }
    } else if (name.endsWith(".java")) {
      names.add(name.substring(0, name.length() - ".java".length()));
    }
  }

  /** The changed lines, and before and after them all that is not separated by such a line. */
  private static List<String> unit(List<String> lines, int first, int last, String separator) {
    int begin = Math.min(Math.max(first, 1), lines.size()) - 1;
    int end = Math.min(last, lines.size());
    boolean opens = separator.startsWith("#"); // else the line ends what it belongs to
    while (begin > 0 && !lines.get(opens ? begin : begin - 1).startsWith(separator)) {
      begin--;
    }
    while (end < lines.size() && !lines.get(opens ? end : end - 1).startsWith(separator)) {
      end++;
    }
    return lines.subList(begin, Math.max(begin, end));
  }
}
