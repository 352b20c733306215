package io.github.datastorelookup.verification.tests;

/** A check that does not run is a failure, unless it declares that it is meant not to. */
final class SkipRule {
  private static final String DECLARED = "declared: ";

  private SkipRule() {}

  /**
   * Whether the reason begins with {@code declared: }, after any words that JUnit puts before it.
   */
  static boolean declared(String reason) {
    String words = reason.replaceFirst("^Assumption failed: ", "");
    int custom = words.lastIndexOf("==> ");
    return words.startsWith(DECLARED)
        || (custom >= 0 && words.startsWith(DECLARED, custom + "==> ".length()));
  }
}
