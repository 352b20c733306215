package io.github.datastorelookup.simulation;

import io.github.datastorelookup.DatastoreRegistry;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which clause a line of {@code Protocol.java} carries out, by the comments there: the one at the
 * line, else that of its method, else the one of the line that called the method. A comment names
 * its clauses first: {@code // W4} or {@code S2, S3: with the config lock held}.
 */
public final class ClauseLines {
  private static final String FILE = "io/github/datastorelookup/Protocol.java";
  private static final Pattern AT_LINE = Pattern.compile("// ([A-Z]\\d(?:, [A-Z]\\d)*)\\b");
  private static final Pattern OF_METHOD =
      Pattern.compile("(?:/\\*\\*|\\*) ([A-Z]\\d(?:, [A-Z]\\d)*)\\b.*");

  private final List<String> source;

  /** Of these lines of {@code Protocol.java}. */
  public ClauseLines(List<String> source) {
    this.source = source;
  }

  /** Of the library that this JVM runs, mutated or not; empty if its sources are not beside it. */
  public static ClauseLines ofThisLibrary() {
    try {
      Path code =
          Path.of(
              DatastoreRegistry.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      for (String sources : List.of("../sources", "../../src/main/java")) {
        Path file = code.resolve(sources).resolve(FILE).normalize();
        if (Files.exists(file)) {
          return new ClauseLines(Files.readAllLines(file));
        }
      }
    } catch (IOException | URISyntaxException e) {
      // A story without clauses is better than none.
    }
    return new ClauseLines(List.of());
  }

  /** The clauses of an access; {@code lines} are those of its calls, the innermost first. */
  public String of(List<Integer> lines) {
    Set<String> clauses = new LinkedHashSet<>();
    for (int line : lines) {
      Set<String> here = at(line);
      if (clauses.isEmpty()) {
        clauses = here;
      } else if (here.stream().anyMatch(clauses::contains)) {
        clauses.retainAll(here);
      }
      if (clauses.size() == 1) {
        break;
      }
    }
    return String.join(", ", clauses);
  }

  /** At this line, else of its method; of several the one that was named last above the line. */
  private Set<String> at(int line) {
    Set<String> above = new LinkedHashSet<>();
    for (int i = Math.min(line, source.size()) - 1; i >= 0; i--) {
      String text = source.get(i);
      Set<String> named = named(AT_LINE.matcher(text));
      if (!named.isEmpty() && i == line - 1) {
        return named;
      }
      above = above.isEmpty() ? named : above;
      if (text.endsWith("*/")) {
        Set<String> all = named(OF_METHOD.matcher(firstLine(i)));
        return all.containsAll(above) && !above.isEmpty() ? above : all;
      } else if (text.equals("  }")) {
        break; // the method before it
      }
    }
    return new LinkedHashSet<>();
  }

  /** The first line of a comment that ends here. */
  private String firstLine(int end) {
    int line = end;
    while (line > 0 && !source.get(line).contains("/**")) {
      line--;
    }
    String first = source.get(line).strip();
    return first.equals("/**") ? source.get(line + 1).strip() : first;
  }

  private static Set<String> named(Matcher comment) {
    return new LinkedHashSet<>(
        comment.find() ? List.of(comment.group(1).split(", ", -1)) : List.of());
  }
}
