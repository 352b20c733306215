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
    if (replacements.isEmpty()) {
      return this;
    }
    NavigableMap<String, JavaTokens> changed = new TreeMap<>(files);
    for (Replacement each : replacements) {
      JavaTokens before = each.before();
      Match match = new SourceTree(changed).only(before);
      changed.put(match.file(), JavaTokens.of(replace(match, each)));
    }
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

  /** Where tokens stand, all or some of them: the first is this one of the file. */
  private record Match(String file, JavaTokens source, int first, int matched) {
    @Override
    public String toString() {
      Place place = source.tokens().get(first);
      Place differs = source.tokens().get(Math.min(first + matched, source.tokens().size() - 1));
      return String.format(
          "%s:%d has the first %d tokens, then '%s' in line %d",
          file.substring(file.lastIndexOf('/') + 1),
          place.line(),
          matched,
          differs.image(),
          differs.line());
    }
  }

  private Match only(JavaTokens part) throws MutantException {
    if (part.tokens().isEmpty()) {
      throw new MutantException("a replacement has no token that says where it goes");
    }
    List<Match> begun = new ArrayList<>();
    files.forEach(
        (file, source) -> {
          for (int i = 0; i < source.tokens().size(); i++) {
            int matched = source.matching(part, i);
            if (matched > 0) {
              begun.add(new Match(file, source, i, matched));
            }
          }
        });
    List<Match> whole =
        begun.stream().filter(each -> each.matched() == part.tokens().size()).toList();
    if (whole.size() == 1) {
      return whole.get(0);
    }
    if (whole.isEmpty()) {
      throw new MutantException(
          String.format(
              "a replacement of %d tokens fits nowhere: %s%nnearest: %s",
              part.tokens().size(), firstLine(part), nearest(begun)));
    }
    throw new MutantException(
        String.format(
            "a replacement fits in %d places: %s%nthey are: %s",
            whole.size(), firstLine(part), nearest(whole)));
  }

  private static String firstLine(JavaTokens part) {
    return part.text().strip().lines().findFirst().orElse("");
  }

  private static String nearest(List<Match> matches) {
    return matches.stream()
        .sorted(Comparator.comparingInt(Match::matched).reversed())
        .limit(NEAREST)
        .map(Match::toString)
        .collect(Collectors.joining("; "));
  }

  /** The text of the file, of which only what the added and removed lines name has changed. */
  private static String replace(Match match, Replacement replacement) throws MutantException {
    String text = match.source().text();
    List<Place> tokens = match.source().tokens();
    StringBuilder changed = new StringBuilder();
    int copied = 0;
    int next = match.first();
    List<Run> runs = replacement.runs();
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      int size = run.kind() == Run.ADDED ? 0 : JavaTokens.of(run.text()).tokens().size();
      if (run.kind() == Run.REMOVED && size > 0) {
        changed.append(text, copied, tokens.get(next).begin());
        copied = tokens.get(next + size - 1).end();
      } else if (run.kind() == Run.ADDED) {
        boolean replaces = i > 0 && runs.get(i - 1).kind() == Run.REMOVED;
        int place = replaces ? copied : insertion(match, next);
        changed.append(text, copied, place);
        copied = place;
        changed.append(replaces ? "" : "\n").append(run.text()).append(replaces ? "" : "\n");
      }
      next += size;
    }
    return changed.append(text, copied, text.length()).toString();
  }

  /** Behind the token before; in front of the first one, if the block begins with added lines. */
  private static int insertion(Match match, int next) {
    List<Place> tokens = match.source().tokens();
    return next == match.first() ? tokens.get(next).begin() : tokens.get(next - 1).end();
  }
}
