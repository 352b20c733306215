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
import java.util.Random;
import java.util.stream.Stream;

/**
 * The mutants of a folder, each checked before any is tried.
 *
 * @param planned how many patches there are
 * @param mutants the sound ones
 * @param errors what is wrong with the others
 */
record MutantFolder(int planned, List<Mutant> mutants, List<String> errors) {

  /** Reads all patches; two with the same diff are an error, as one of them shows nothing. */
  static MutantFolder read(Path folder, CheckDirectory checks) throws IOException {
    List<Mutant> mutants = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    Map<List<String>, String> known = new HashMap<>();
    List<Path> patches = patches(folder);
    for (Path patch : patches) {
      try {
        Mutant mutant = MutantReader.read(patch);
        String twin = known.putIfAbsent(mutant.diff(), mutant.id());
        if (twin != null) {
          throw new MutantException("mutant=" + mutant.id() + " is the same as " + twin);
        }
        requireChecks(mutant, checks);
        mutants.add(mutant);
      } catch (MutantException e) {
        errors.add(String.valueOf(e.getMessage()));
      }
    }
    return new MutantFolder(patches.size(), mutants, errors);
  }

  /** A quarter of the sound ones, chosen by the seed: so every mutant is tried every few runs. */
  MutantFolder quarter(long seed) {
    List<Mutant> shuffled = new ArrayList<>(mutants);
    Collections.shuffle(shuffled, new Random(seed));
    List<Mutant> chosen = new ArrayList<>(shuffled.subList(0, (mutants.size() + 3) / 4));
    chosen.sort(Comparator.comparing(Mutant::id));
    return new MutantFolder(planned - mutants.size() + chosen.size(), chosen, errors);
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
