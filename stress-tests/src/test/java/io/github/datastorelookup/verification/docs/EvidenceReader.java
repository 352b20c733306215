package io.github.datastorelookup.verification.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.datastorelookup.verification.docs.Evidence.Item;
import io.github.datastorelookup.verification.docs.Evidence.Kind;
import io.github.datastorelookup.verification.mutants.Mutant;
import io.github.datastorelookup.verification.mutants.MutantPages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Collects the evidence from sources, the pages of mutants, the tags of checks, and traces. */
final class EvidenceReader {
  private static final String LIBRARY = "impl/src/main/java/io/github/datastorelookup";
  private static final String TRACES = "docs/reference/traces";
  private static final String RACES = "docs/reference/races.md";
  private static final String KILLS = "kills:";
  private static final Pattern HEADING = Pattern.compile("### (\\S+)");
  private static final Pattern REASON =
      Pattern.compile("\\| ([A-Z]\\d+|(?:API|INV)-\\d+) \\| (.*\\S) \\|");

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
   * @param checks the checks there
   */
  static Evidence read(Path root, List<TaggedCheck> checks) throws IOException {
    EvidenceReader reader = new EvidenceReader(root);
    reader.code();
    reader.mutants();
    checks.forEach(reader::check);
    reader.races();
    reader.reasons();
    reader.traces();
    return reader.evidence;
  }

  private void code() throws IOException {
    Path folder = root.resolve(LIBRARY);
    for (Path file : files(folder, ".java")) {
      String name = folder.relativize(file).toString().replaceFirst("\\.java$", "");
      Item item = new Item(name, LIBRARY + "/" + name + ".java");
      Citations.in(Files.readString(file)).forEach(id -> evidence.add(Kind.CODE, id, item));
    }
  }

  private void mutants() throws IOException {
    Path folder = MutantPages.folder(root);
    NavigableMap<String, String> places = places(folder);
    for (Mutant mutant : MutantPages.read(folder).mutants().values()) {
      Item item = new Item(mutant.id(), Objects.requireNonNull(places.get(mutant.id())));
      List<String> ids = new ArrayList<>(List.of(mutant.clause().split(", ", -1)));
      ids.add(mutant.invariant());
      idsOfMutant.put(mutant.id(), ids);
      ids.forEach(id -> evidence.add(Kind.MUTANT, id, item));
    }
  }

  /** Where the heading of each mutant is. */
  private NavigableMap<String, String> places(Path folder) throws IOException {
    NavigableMap<String, String> places = new TreeMap<>();
    for (Path file : files(folder, ".md")) {
      for (String line : Files.readAllLines(file)) {
        Matcher heading = HEADING.matcher(line);
        if (heading.matches()) {
          String id = heading.group(1);
          places.put(id, root.relativize(file) + "#" + id);
        }
      }
    }
    return places;
  }

  /** A mutant that is not there stands for its clauses, so that it shows as unknown. */
  private void check(TaggedCheck check) {
    Item item = new Item(check.name(), check.source());
    for (String tag : check.tags()) {
      if (tag.startsWith(KILLS)) {
        String mutant = tag.substring(KILLS.length());
        idsOfMutant
            .getOrDefault(mutant, List.of(mutant))
            .forEach(id -> evidence.add(Kind.CHECK, id, item));
      } else if (tag.startsWith("INV-")) {
        evidence.add(Kind.CHECK, tag, item);
      }
    }
  }

  private void races() throws IOException {
    for (RaceSource race : RaceSource.all(root)) {
      Item item = new Item(race.name(), race.file());
      race.ids().forEach(id -> evidence.add(Kind.RACE, id, item));
    }
  }

  private void reasons() throws IOException {
    Path page = root.resolve(RACES);
    for (String line : Files.exists(page) ? Files.readAllLines(page) : List.<String>of()) {
      Matcher reason = REASON.matcher(line);
      if (reason.matches()) {
        evidence.add(Kind.WITHOUT_RACE, reason.group(1), new Item(reason.group(2), RACES));
      }
    }
  }

  private void traces() throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (Path file : files(root.resolve(TRACES), ".jsonl")) {
      String place = root.relativize(file).toString();
      for (String line : Files.readAllLines(file)) {
        JsonNode trace = json.readTree(line);
        Item item = new Item(trace.path("id").asText(), place);
        trace.path("clauses").forEach(id -> evidence.add(Kind.TRACE, id.asText(), item));
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
