package io.github.datastorelookup.verification.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the mutants of {@code stress-tests/mutants}: a page for each chapter of the protocol.
 *
 * <pre>
 * ### count-after-config-lock
 *
 * A lookup counts itself after it released the config lock. Clause L2; breaks INV-3.
 *
 * ```diff
 * - count(slot, operation);
 *   } finally {
 *     configLock.release();
 *   }
 * + count(slot, operation);
 * ```
 * </pre>
 *
 * <p>A mutant has one block for each place that it changes; they are applied in order.
 */
public final class MutantPages {
  private static final Pattern ID = Pattern.compile("### ([a-z0-9]+(?:-[a-z0-9]+)*)");
  private static final Pattern END =
      Pattern.compile(
          "(.*\\S) Clauses? (ID(?:, ID)*); breaks (INV-(?:[1-9]|1[0-5]))\\."
              .replace("ID", "(?:API-\\d+|[A-Z]\\d+)"));
  private static final String OPEN = "```diff";
  private static final String CLOSE = "```";

  private final NavigableMap<String, Mutant> mutants = new TreeMap<>();
  private final NavigableMap<String, String> errors = new TreeMap<>();

  private MutantPages() {}

  static MutantPages empty() {
    return new MutantPages();
  }

  /** Where the pages are, below the folder of the parent pom. */
  public static Path folder(Path root) {
    return root.resolve("stress-tests/mutants");
  }

  /** Reads all pages of a folder; without one there are no mutants. */
  public static MutantPages read(Path folder) throws IOException {
    MutantPages pages = empty();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(each -> each.toString().endsWith(".md")).sorted().toList()) {
          pages.parse(String.valueOf(file.getFileName()), Files.readAllLines(file));
        }
      }
    }
    return pages;
  }

  /** The sound mutants, by their ids; which checks kill them is not known here. */
  public NavigableMap<String, Mutant> mutants() {
    return mutants;
  }

  /** What is wrong with the others, by their ids. */
  public NavigableMap<String, String> errors() {
    return errors;
  }

  /**
   * The mutant with this id.
   *
   * @throws MutantException when there is none, or it is not sound
   */
  public Mutant get(String id) throws MutantException {
    Mutant mutant = mutants.get(id);
    if (mutant == null) {
      throw new MutantException(
          errors.getOrDefault(id, "mutant=" + id + " is unknown; there are " + mutants.keySet()));
    }
    return mutant;
  }

  void parse(String page, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("#") && !lines.get(i).startsWith("# ")) {
        int end = i + 1;
        while (end < lines.size() && !lines.get(end).startsWith("#")) {
          end++;
        }
        add(page + ":" + (i + 1), lines.get(i), lines.subList(i + 1, end));
        i = end - 1;
      }
    }
  }

  private void add(String place, String heading, List<String> body) {
    String name = heading.replaceFirst("^#+ ?", "");
    try {
      Mutant mutant = mutant(matched(ID, heading, "### some-id").group(1), body);
      if (mutants.putIfAbsent(name, mutant) != null) {
        throw new MutantException("it is there twice");
      }
    } catch (MutantException e) {
      errors.put(name, place + " mutant=" + name + ": " + e.getMessage());
    }
  }

  private static Mutant mutant(String id, List<String> body) throws MutantException {
    StringBuilder prose = new StringBuilder();
    List<Replacement> replacements = new ArrayList<>();
    for (int i = 0; i < body.size(); i++) {
      if (body.get(i).equals(OPEN)) {
        List<String> rest = body.subList(i + 1, body.size());
        int length = rest.indexOf(CLOSE);
        if (length < 0) {
          throw new MutantException("a diff block does not end");
        }
        Replacement replacement = new Replacement(rest.subList(0, length));
        if (replacement.malformed().isPresent()) {
          throw new MutantException(
              "line="
                  + replacement.malformed().get()
                  + ", expected: '- ', '+ ' or two blanks, and then code");
        }
        replacements.add(replacement);
        i += length + 1;
      } else {
        prose.append(body.get(i)).append(' ');
      }
    }
    if (replacements.isEmpty()) {
      throw new MutantException("it has no diff block");
    }
    Matcher end =
        matched(END, prose.toString().strip(), "What goes wrong. Clause L2; breaks INV-3.");
    return new Mutant(id, end.group(1), end.group(2), end.group(3), "", List.of(), replacements);
  }

  private static Matcher matched(Pattern pattern, String text, String expected)
      throws MutantException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new MutantException("text=" + text + ", expected: " + expected);
    }
    return matcher;
  }
}
