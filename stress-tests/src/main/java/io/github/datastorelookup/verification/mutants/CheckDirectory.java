package io.github.datastorelookup.verification.mutants;

import io.github.datastorelookup.verification.mutants.Mutant.CheckName;
import java.util.List;
import java.util.Set;

/** Knows which checks claim to kill which mutants: those tagged {@code kills:<id>}. */
public interface CheckDirectory {
  /** The checks that claim to kill this mutant, in the order in which they are tried. */
  List<CheckName> killersOf(String mutant);

  /** All mutants that some check claims to kill. */
  Set<String> claimed();
}
