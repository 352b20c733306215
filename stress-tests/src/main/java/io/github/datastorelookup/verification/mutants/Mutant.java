package io.github.datastorelookup.verification.mutants;

import java.util.List;

/**
 * A deliberate mistake in the library, and who must find it.
 *
 * @param id its name, which is the patch's file name
 * @param story what goes wrong in the field, in one sentence
 * @param clause the protocol's clause that it leaves out or breaks
 * @param invariant the one whose violation counts as the kill
 * @param layer the layer of its checks
 * @param checks the checks, in the order in which they are tried
 * @param diff the unified diff against the library's sources
 */
public record Mutant(
    String id,
    String story,
    String clause,
    String invariant,
    String layer,
    List<CheckName> checks,
    List<String> diff) {

  /** Copies the lists. */
  public Mutant {
    checks = List.copyOf(checks);
    diff = List.copyOf(diff);
  }

  /**
   * A check, as the header names it.
   *
   * @param className the class, with its package
   * @param method the check method
   */
  public record CheckName(String className, String method) {
    /** Reads {@code class#method}. */
    static CheckName parse(String text) throws MutantException {
      int hash = text.indexOf('#');
      if (hash <= 0 || hash == text.length() - 1) {
        throw new MutantException("check=" + text + ", expected fully.qualified.Class#method");
      }
      return new CheckName(text.substring(0, hash), text.substring(hash + 1));
    }

    @Override
    public String toString() {
      return className + "#" + method;
    }
  }
}
