package io.github.datastorelookup.verification.mutants;

import io.github.datastorelookup.verification.mutants.Mutant.CheckName;
import java.io.IOException;
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

/**
 * The mutants of all pages with the checks that claim to kill them, each checked before any is
 * tried.
 *
 * @param mutants the sound ones
 * @param errors what is wrong with the others, by their ids
 */
record MutantSet(List<Mutant> mutants, NavigableMap<String, String> errors) {

  /**
   * Reads all pages. A mutant that no check claims to kill is an error, as is a check that claims
   * to kill an unknown mutant, and a mutant that changes what another one does: it shows nothing.
   */
  static MutantSet read(Path folder, CheckDirectory checks) throws IOException {
    MutantPages pages = MutantPages.read(folder);
    List<Mutant> mutants = new ArrayList<>();
    NavigableMap<String, String> errors = new TreeMap<>(pages.errors());
    Map<List<Replacement>, String> known = new HashMap<>();
    for (Mutant mutant : pages.mutants().values()) {
      String id = mutant.id();
      List<CheckName> killers = checks.killersOf(id);
      String twin = known.putIfAbsent(mutant.replacements(), id);
      if (twin != null) {
        errors.put(id, "mutant=" + id + " is the same as " + twin);
      } else if (killers.isEmpty()) {
        errors.put(id, "mutant=" + id + " has no check that is tagged kills:" + id);
      } else {
        mutants.add(mutant.killedBy(killers));
      }
    }
    for (String id : checks.claimed()) {
      if (!pages.mutants().containsKey(id)) {
        String unused =
            errors.putIfAbsent(
                id, "check=" + checks.killersOf(id) + " claims to kill the unknown mutant=" + id);
      }
    }
    return new MutantSet(mutants, errors);
  }

  /** All of them, sound or not. */
  NavigableSet<String> names() {
    NavigableSet<String> names = new TreeSet<>(errors.keySet());
    mutants.forEach(each -> names.add(each.id()));
    return names;
  }

  /**
   * At most so many of the sound ones, chosen by the seed: every mutant is tried every few runs.
   */
  MutantSet draw(int most, long seed) {
    List<Mutant> shuffled = new ArrayList<>(mutants);
    Collections.shuffle(shuffled, new Random(seed));
    List<Mutant> chosen = new ArrayList<>(shuffled.subList(0, Math.min(most, mutants.size())));
    chosen.sort(Comparator.comparing(Mutant::id));
    return new MutantSet(chosen, errors);
  }

  /** Those of these names. */
  MutantSet part(Set<String> names) {
    NavigableMap<String, String> wrong = new TreeMap<>(errors);
    wrong.keySet().retainAll(names);
    return new MutantSet(
        mutants.stream().filter(each -> names.contains(each.id())).toList(), wrong);
  }
}
