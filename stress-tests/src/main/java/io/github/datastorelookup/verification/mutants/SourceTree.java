package io.github.datastorelookup.verification.mutants;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.github.datastorelookup.verification.mutants.JavaTokens.Place;
import io.github.datastorelookup.verification.mutants.Replacement.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The library's sources, in which replacements find their places by tokens. Immutable. */
final class SourceTree {
  private static final int NEAREST = 3;
  private static final int DIFF_CONTEXT = 3;

  private final NavigableMap<String, JavaTokens> files;

  private SourceTree(NavigableMap<String, JavaTokens> files) {
    this.files = files;
  }

  /** Reads all Java files below this folder. */
  static SourceTree read(Path folder) throws IOException {
    NavigableMap<String, JavaTokens> files = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(each -> each.toString().endsWith(".java")).toList()) {
        files.put(folder.relativize(file).toString(), JavaTokens.of(Files.readString(file)));
      }
    } catch (MutantException e) {
      throw new IOException("folder=" + folder, e);
    }
    return new SourceTree(files);
  }

  /** Writes all files below this folder. */
  void write(Path folder) throws IOException {
    for (var file : files.entrySet()) {
      Path target = folder.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue().text());
    }
  }

  /**
   * These sources with all replacements made, one after the other.
   *
   * @throws MutantException when one fits nowhere, or in several places
   */
  SourceTree with(List<Replacement> replacements) throws MutantException {
    SourceTree changed = this;
    for (int i = 0; i < replacements.size(); i++) {
      try {
        changed = changed.with(replacements.get(i));
      } catch (MutantException e) {
        String block = "block " + (i + 1) + " of " + replacements.size() + ": ";
        throw new MutantException(block + e.getMessage(), e);
      }
    }
    return changed;
  }

  private SourceTree with(Replacement replacement) throws MutantException {
    Match match = only(replacement.before());
    JavaTokens replaced = JavaTokens.of(replace(match, replacement));
    if (replaced.sameAs(match.source())) {
      throw new MutantException("it changes no token");
    }
    NavigableMap<String, JavaTokens> changed = new TreeMap<>(files);
    changed.put(match.file(), replaced);
    return new SourceTree(changed);
  }

  /** What is other here than there, as a unified diff. */
  String diffTo(SourceTree other) {
    List<String> diff = new ArrayList<>();
    files.forEach(
        (file, old) -> {
          List<String> before = old.text().lines().toList();
          String name = "impl/src/main/java/" + file;
          diff.addAll(
              UnifiedDiffUtils.generateUnifiedDiff(
                  "a/" + name,
                  "b/" + name,
                  before,
                  DiffUtils.diff(
                      before, other.files.getOrDefault(file, old).text().lines().toList()),
                  DIFF_CONTEXT));
        });
    return String.join("\n", diff);
  }

  /** A place where all or some of the tokens stand: the first is this one of the file. */
  private record Match(String file, JavaTokens source, int first, int matched) {
    String place() {
      int line = source.tokens().get(first).line();
      return file.substring(file.lastIndexOf('/') + 1) + ":" + line;
    }

    String difference(JavaTokens part) {
      int other = source.firstOther(part, first);
      return String.format(
          Locale.ROOT,
          "%s has %d of them, but '%s' instead of '%s' in line %d",
          place(),
          matched,
          source.image(first + other),
          part.image(other),
          source.tokens().get(first + other).line());
    }
  }

  private Match only(JavaTokens part) throws MutantException {
    int size = part.tokens().size();
    if (size == 0) {
      throw new MutantException("no token says where it goes");
    }
    List<Match> places = new ArrayList<>();
    files.forEach(
        (file, source) -> {
          for (int i = 0; i < source.tokens().size(); i++) {
            places.add(new Match(file, source, i, source.matching(part, i)));
          }
        });
    List<Match> whole = places.stream().filter(each -> each.matched() == size).toList();
    if (whole.size() == 1) {
      return whole.get(0);
    }
    String what = size + " tokens, from '" + part.text().strip().lines().findFirst().orElse("");
    throw new MutantException(
        whole.isEmpty()
            ? what
                + "' on, fit nowhere; nearest: "
                + places.stream()
                    .sorted(Comparator.comparingInt(Match::matched).reversed())
                    .limit(NEAREST)
                    .map(each -> each.difference(part))
                    .collect(Collectors.joining("; "))
            : what
                + "' on, fit in "
                + whole.size()
                + " places: "
                + whole.stream().map(Match::place).collect(Collectors.joining(", ")));
  }

  /** The text of the file, of which only what the added and removed lines name has changed. */
  private static String replace(Match match, Replacement replacement) throws MutantException {
    String text = match.source().text();
    List<Place> tokens = match.source().tokens();
    StringBuilder changed = new StringBuilder();
    int copied = 0;
    int next = match.first();
    Run last = new Run(Run.CONTEXT, "");
    for (Run run : replacement.runs()) {
      int size = run.kind() == Run.ADDED ? 0 : JavaTokens.of(run.text()).tokens().size();
      if (run.kind() == Run.REMOVED && size > 0) {
        changed.append(text, copied, tokens.get(next).begin());
        copied = behindComment(text, tokens.get(next + size - 1).end());
      } else if (run.kind() == Run.ADDED && last.kind() == Run.REMOVED) {
        changed.append(run.indented(indentation(text, tokens.get(next - 1).begin())));
      } else if (run.kind() == Run.ADDED) {
        boolean first = next == match.first();
        int place = first ? tokens.get(next).begin() : tokens.get(next - 1).end();
        String indentation = indentation(text, tokens.get(next).begin());
        changed.append(text, copied, place).append(first ? "" : "\n" + indentation);
        changed.append(run.indented(indentation)).append(first ? "\n" + indentation : "");
        copied = place;
      }
      next += size;
      last = run;
    }
    return changed.append(text, copied, text.length()).toString();
  }

  /** A comment behind removed code goes with it. */
  private static int behindComment(String text, int end) {
    int lineEnd = text.indexOf('\n', end);
    String rest = lineEnd < 0 ? "" : text.substring(end, lineEnd);
    return rest.strip().startsWith("//") ? lineEnd : end;
  }

  /** The white space in front of the line of this place. */
  private static String indentation(String text, int place) {
    int begin = text.lastIndexOf('\n', place) + 1;
    int end = begin;
    while (end < place && text.charAt(end) == ' ') {
      end++;
    }
    return text.substring(begin, end);
  }
}
