package io.github.datastorelookup.verification.page;

import io.github.datastorelookup.verification.mutants.Mutant;
import io.github.datastorelookup.verification.mutants.MutantPages;
import io.github.datastorelookup.verification.mutants.MutantResult;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The coverage of clauses and invariants: each mutant names the clause that it leaves out, the
 * invariant that it breaks, and the layer that has to see it.
 */
final class ClauseCoverage {
  private final List<MutantResult> tried;
  private final List<Mutant> known;

  private ClauseCoverage(List<MutantResult> tried, List<Mutant> known) {
    this.tried = tried;
    this.known = known;
  }

  /** The coverage of a run; mutants that it did not try are read from their folder. */
  static ClauseCoverage of(PageInput input) throws IOException {
    MutantPages pages = MutantPages.read(MutantPages.folder(input.root()));
    return new ClauseCoverage(input.report().mutants(), List.copyOf(pages.mutants().values()));
  }

  /**
   * The coverage of one clause or invariant.
   *
   * @param known how many mutants there are for it
   * @param tried how many of them this run tried
   * @param killed how many of these were killed
   * @param byLayer killed and tried by layer
   */
  record Cover(int known, int tried, int killed, Map<String, int[]> byLayer) {
    /** Whether no mutant covers it. */
    boolean isGap() {
      return known == 0 && tried == 0;
    }
  }

  Cover ofClause(String id) {
    return of(mutant -> Arrays.asList(mutant.clause().split(", ", -1)).contains(id));
  }

  Cover ofInvariant(String id) {
    return of(mutant -> mutant.invariant().equals(id));
  }

  private Cover of(Function<Mutant, Boolean> belongs) {
    Map<String, int[]> byLayer = new LinkedHashMap<>();
    int killed = 0;
    int all = 0;
    for (MutantResult each : tried) {
      if (belongs.apply(each.mutant())) {
        int[] layer = byLayer.computeIfAbsent(each.mutant().layer(), key -> new int[2]);
        all++;
        layer[1]++;
        if (each.killed()) {
          killed++;
          layer[0]++;
        }
      }
    }
    int there = (int) known.stream().filter(belongs::apply).count();
    return new Cover(there, all, killed, byLayer);
  }

  /** The layers whose checks the tried mutants name. */
  Set<String> layers() {
    Set<String> layers = new TreeSet<>();
    tried.forEach(each -> layers.add(each.mutant().layer()));
    return layers;
  }
}
