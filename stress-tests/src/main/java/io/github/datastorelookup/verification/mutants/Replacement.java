package io.github.datastorelookup.verification.mutants;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One change of the library's sources, as a diff block says it: lines that begin with {@code -} go,
 * lines that begin with {@code +} come, all others are context.
 *
 * @param lines the lines of the block
 */
public record Replacement(List<String> lines) {
  private static final Pattern LINE = Pattern.compile("\\s*|[-+ ]( .*)?");

  /** Copies the lines. */
  public Replacement {
    lines = List.copyOf(lines);
  }

  /** The first line whose mark takes another number of columns than two, if there is one. */
  Optional<String> malformed() {
    return lines.stream().filter(line -> !LINE.matcher(line).matches()).findFirst();
  }

  /** Consecutive lines of one kind. */
  record Run(char kind, String text) {
    static final char CONTEXT = ' ';
    static final char REMOVED = '-';
    static final char ADDED = '+';

    /** The text with this much white space in front of all lines but the first. */
    String indented(String indentation) {
      return text.stripIndent().strip().replace("\n", "\n" + indentation);
    }
  }

  List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (String line : lines) {
      char first = line.isEmpty() ? Run.CONTEXT : line.charAt(0);
      boolean marked = first == Run.REMOVED || first == Run.ADDED;
      char kind = marked ? first : Run.CONTEXT;
      // Two columns for the mark, so that code is aligned with any mark.
      String text = line.length() > 2 ? line.substring(2) : "";
      if (!runs.isEmpty() && runs.get(runs.size() - 1).kind() == kind) {
        Run last = runs.remove(runs.size() - 1);
        text = last.text() + "\n" + text;
      }
      runs.add(new Run(kind, text));
    }
    return runs;
  }

  /** What has to stand in the sources: all lines but the added ones. */
  JavaTokens before() throws MutantException {
    StringBuilder text = new StringBuilder();
    for (Run run : runs()) {
      if (run.kind() != Run.ADDED) {
        text.append(run.text()).append('\n');
      }
    }
    return JavaTokens.of(text.toString());
  }
}
