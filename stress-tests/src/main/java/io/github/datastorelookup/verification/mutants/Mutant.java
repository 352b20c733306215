package io.github.datastorelookup.verification.mutants;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A deliberate mistake in the library, and the checks that must find it.
 *
 * @param id its name
 * @param story what goes wrong in the field, in one sentence
 * @param clause the protocol's clauses that it leaves out or breaks, separated by commas
 * @param invariant the one whose violation counts as the kill
 * @param layer the layers of its checks, separated by commas; empty while the checks are unknown
 * @param checks the checks that claim to kill it, in the order in which they are tried
 * @param replacements what it changes in the library's sources, in order
 */
public record Mutant(
    String id,
    String story,
    String clause,
    String invariant,
    String layer,
    List<CheckName> checks,
    List<Replacement> replacements) {

  /** Copies the lists. */
  public Mutant {
    checks = List.copyOf(checks);
    replacements = List.copyOf(replacements);
  }

  /** The same mutant with the checks that claim to kill it. */
  Mutant killedBy(List<CheckName> killers) {
    String layers =
        killers.stream().map(CheckName::layer).distinct().collect(Collectors.joining(", "));
    return new Mutant(id, story, clause, invariant, layers, killers, replacements);
  }

  /**
   * A check that claims to kill a mutant.
   *
   * @param layer the layer that it belongs to
   * @param className the class, with its package
   * @param method the check method
   */
  public record CheckName(String layer, String className, String method) {
    @Override
    public String toString() {
      return className + "#" + method;
    }
  }
}
