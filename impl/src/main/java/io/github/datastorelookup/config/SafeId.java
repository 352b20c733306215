package io.github.datastorelookup.config;

import org.jspecify.annotations.Nullable;

/**
 * The rule for the name of a datastore: {@code [A-Za-z0-9_][A-Za-z0-9._-]*}, 3 to 32 characters,
 * ASCII only.
 *
 * <p>Such a name is safe as one component of a path: it holds no separator, is never {@code .} or
 * {@code ..} and does not start with a dot or a dash.
 */
public final class SafeId {
  private static final int MIN_LENGTH = 3;
  private static final int MAX_LENGTH = 32;

  private SafeId() {}

  /** Whether {@code id} may name a datastore. */
  public static boolean isValid(String id) {
    return fault(id) == null;
  }

  /**
   * Returns {@code id} if it is safe: the last guard before a name becomes part of a file name.
   *
   * @throws IllegalArgumentException for any other name
   */
  public static String check(String id) {
    String fault = fault(id);
    if (fault != null) {
      throw new IllegalArgumentException("not a safe id: name='" + id + "': " + fault);
    }
    return id;
  }

  /** Why {@code id} may not name a datastore, or null if it may. */
  static @Nullable String fault(String id) {
    int length = id.codePointCount(0, id.length());
    if (length < MIN_LENGTH) {
      return "value must be at least " + MIN_LENGTH + " characters long";
    }
    if (length > MAX_LENGTH) {
      return "value may only be " + MAX_LENGTH + " characters long";
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      // Not Character.isLetterOrDigit: it accepts look-alikes of other scripts.
      boolean word =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      if (!word && (i == 0 || (c != '.' && c != '-'))) {
        return "value does not match the regex pattern";
      }
    }
    return null;
  }
}
