package io.github.datastorelookup.verification.mutants;

import io.github.datastorelookup.verification.mutants.Mutant.CheckName;
import org.jspecify.annotations.Nullable;

/** Knows which checks there are. */
@FunctionalInterface
public interface CheckDirectory {
  /** The layer that this check belongs to; null when there is no such check. */
  @Nullable String layerOf(CheckName check);
}
