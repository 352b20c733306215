package io.github.datastorelookup.verification.tests;

/** A check that does not run is a failure, unless it says that it is meant not to. */
final class SkipRule {
  private static final String DECLARED = "declared: ";

  private SkipRule() {}

  /**
   * Whether the reason begins with {@code declared: }, after whatever JUnit puts before the words
   * of the author.
   */
  static boolean declared(String reason) {
    String words = reason.replaceFirst("^Assumption failed: ", "");
    int custom = words.lastIndexOf("==> ");
    return words.startsWith(DECLARED)
        || (custom >= 0 && words.startsWith(DECLARED, custom + "==> ".length()));
  }
}
