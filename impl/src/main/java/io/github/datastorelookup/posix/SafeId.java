package io.github.datastorelookup.posix;

import java.util.regex.Pattern;

/** Names that may become part of a file name: 3 to 32 ASCII characters, no path among them. */
final class SafeId {
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{2,31}");

  private SafeId() {}

  static boolean isSafe(String name) {
    return SAFE.matcher(name).matches();
  }

  /**
   * Lets only safe ids through.
   *
   * @throws IllegalArgumentException for any other name
   */
  static String check(String name) {
    if (!isSafe(name)) {
      throw new IllegalArgumentException("no safe id: name='" + name + "'");
    }
    return name;
  }
}
