package io.github.datastorelookup.verification.mutants;

import io.github.datastorelookup.verification.mutants.Mutant.CheckName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The mutants of a folder, each checked before any is tried.
 *
 * @param mutants the sound ones
 * @param errors what is wrong with the others, by the names of their files
 */
record MutantFolder(List<Mutant> mutants, NavigableMap<String, String> errors) {

  /** Reads all patches; two with the same diff are an error, as one of them shows nothing. */
  static MutantFolder read(Path folder, CheckDirectory checks) throws IOException {
    List<Mutant> mutants = new ArrayList<>();
    NavigableMap<String, String> errors = new TreeMap<>();
    Map<List<String>, String> known = new HashMap<>();
    for (Path patch : patches(folder)) {
      try {
        Mutant mutant = MutantReader.read(patch);
        String twin = known.putIfAbsent(mutant.diff(), mutant.id());
        if (twin != null) {
          throw new MutantException("mutant=" + mutant.id() + " is the same as " + twin);
        }
        requireChecks(mutant, checks);
        mutants.add(mutant);
      } catch (MutantException e) {
        errors.put(patch.getFileName().toString(), String.valueOf(e.getMessage()));
      }
    }
    return new MutantFolder(mutants, errors);
  }

  /** All of them, sound or not. */
  NavigableSet<String> names() {
    NavigableSet<String> names = new TreeSet<>(errors.keySet());
    mutants.forEach(each -> names.add(each.id()));
    return names;
  }

  /** A quarter of the sound ones, chosen by the seed: so every mutant is tried every few runs. */
  MutantFolder quarter(long seed) {
    List<Mutant> shuffled = new ArrayList<>(mutants);
    Collections.shuffle(shuffled, new Random(seed));
    List<Mutant> chosen = new ArrayList<>(shuffled.subList(0, (mutants.size() + 3) / 4));
    chosen.sort(Comparator.comparing(Mutant::id));
    return new MutantFolder(chosen, errors);
  }

  /** Those of these names. */
  MutantFolder part(Set<String> names) {
    NavigableMap<String, String> wrong = new TreeMap<>(errors);
    wrong.keySet().retainAll(names);
    return new MutantFolder(
        mutants.stream().filter(each -> names.contains(each.id())).toList(), wrong);
  }

  private static void requireChecks(Mutant mutant, CheckDirectory checks) throws MutantException {
    for (CheckName check : mutant.checks()) {
      String layer = checks.layerOf(check);
      if (!mutant.layer().equals(layer)) {
        throw new MutantException(
            String.format(
                "mutant=%s check=%s layer=%s, but that check is %s",
                mutant.id(),
                check,
                mutant.layer(),
                layer == null ? "in no layer: it does not exist" : "in layer " + layer));
      }
    }
  }

  private static List<Path> patches(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".patch")).sorted().toList();
    }
  }
}
