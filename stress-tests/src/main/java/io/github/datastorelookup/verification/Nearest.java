package io.github.datastorelookup.verification;

import io.github.datastorelookup.verification.mutants.MutantLayer;
import io.github.datastorelookup.verification.mutants.MutantPages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The checks nearest to the changes since a commit. Their source names a changed clause or class,
 * they are in the package of such a class, or they kill a mutant of it. A mutant is of a class if
 * its text names the class, or if the class has the code that it changes. They run first, so that a
 * mistake shows early; all others run after them.
 */
final class Nearest {
  private static final Pattern MUTANT = Pattern.compile("(?m)^### (?=\\S+$)");

  private static final Pattern BLOCK = Pattern.compile("(?s)```diff\n(.*?)```");

  /** No check is near. */
  static final Nearest NONE = new Nearest(new TreeSet<>());

  private final NavigableSet<String> names;
  private final Pattern named;
  private final Map<String, Path> sources = new HashMap<>();
  private final Map<String, String> mutants = new HashMap<>();
  private final NavigableSet<String> nearMutants = new TreeSet<>();

  private Nearest(NavigableSet<String> names) {
    this.names = names;
    this.named =
        Pattern.compile(
            names.stream().map(Pattern::quote).collect(Collectors.joining("|", "\\b(", ")\\b")));
  }

  /**
   * Finds what changed.
   *
   * @param commit as git names it; empty if nothing is to run first
   * @throws IllegalArgumentException when git knows no such commit
   */
  static Nearest since(String commit, Path root) throws IOException {
    return commit.isEmpty() ? NONE : to(Changes.since(commit, root), root);
  }

  /** Finds what is near to these names of {@link Changes}. */
  static Nearest to(NavigableSet<String> names, Path root) throws IOException {
    Nearest nearest = new Nearest(names);
    for (String module : List.of("impl", "property-tests", "stress-tests")) {
      for (String part : List.of("main", "test")) {
        nearest.readSources(root.resolve(module).resolve("src").resolve(part).resolve("java"));
      }
    }
    for (Path page : files(MutantPages.folder(root), ".md")) {
      MUTANT
          .splitAsStream(Files.readString(page))
          .skip(1)
          .forEach(each -> nearest.mutants.put(each.lines().findFirst().orElse(""), each));
    }
    nearest.findMutants();
    return nearest;
  }

  /** The names of what changed: clauses, classes, mutants. */
  NavigableSet<String> names() {
    return names;
  }

  /** Those of these checks of a layer that are near. */
  NavigableSet<String> of(String layer, NavigableSet<String> checks) throws IOException {
    NavigableSet<String> near = new TreeSet<>();
    for (String check : names.isEmpty() ? List.<String>of() : checks) {
      if (layer.equals(MutantLayer.NAME) ? nearMutants.contains(check) : isNear(check)) {
        near.add(check);
      }
    }
    return near;
  }

  private boolean isNear(String check) throws IOException {
    String text = source(check);
    return named.matcher(text).find()
        || nearMutants.stream().anyMatch(each -> text.contains("\"kills:" + each + "\""))
        || isBesideAChange(check);
  }

  /** Whether a check is in the package of a class that changed. */
  private boolean isBesideAChange(String check) {
    String own = check.replaceFirst("\\.[A-Z].*", "");
    return names.stream().anyMatch(each -> sources.containsKey(own + "." + each));
  }

  /** The mutants that name what changed, and those of code of a class that changed. */
  private void findMutants() throws IOException {
    List<String> changed = new ArrayList<>();
    for (var source : sources.entrySet()) {
      if (names.contains(source.getKey().replaceFirst(".*\\.", ""))) {
        changed.add(compact(Files.readString(source.getValue())));
      }
    }
    mutants.forEach(
        (id, text) -> {
          boolean isOfChanged =
              BLOCK
                  .matcher(text)
                  .results()
                  .anyMatch(block -> changed.stream().anyMatch(it -> fits(block.group(1), it)));
          if (isOfChanged || named.matcher(text).find()) {
            nearMutants.add(id);
          }
        });
  }

  /** Whether the source has each line that is not added. */
  private static boolean fits(String block, String source) {
    return block
        .lines()
        .filter(line -> !line.startsWith("+") && line.length() > 1)
        .allMatch(line -> source.contains(compact(line.substring(1))));
  }

  private static String compact(String text) {
    return text.replaceAll("\\s", "");
  }

  private void readSources(Path folder) throws IOException {
    for (Path file : files(folder, ".java")) {
      String name = folder.relativize(file).toString();
      sources.put(name.substring(0, name.length() - ".java".length()).replace('/', '.'), file);
    }
  }

  /** The source of the outermost class of a check, which may be named like a member of it. */
  private String source(String check) throws IOException {
    String name = check.replaceFirst("[$#(].*", "");
    while (!sources.containsKey(name) && name.contains(".")) {
      name = name.substring(0, name.lastIndexOf('.'));
    }
    Path file = sources.get(name);
    return file == null ? "" : Files.readString(file);
  }

  private static List<Path> files(Path folder, String suffix) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(each -> each.toString().endsWith(suffix)).toList();
    }
  }
}
