package io.github.datastorelookup.verification.mutants;

import org.jspecify.annotations.Nullable;

/** Tells a check that starts JVMs which copy of the library they have to run. */
public final class LibraryUnderCheck {
  private static final String PROPERTY = "verification.library";
  private static final String ASSERTIONS = "verification.assertions";

  private LibraryUnderCheck() {}

  /** The folder of the classes of the copy that is checked now; null for the library as it is. */
  public static @Nullable String classes() {
    return System.getProperty(PROPERTY);
  }

  /** The class path for a JVM: that of this one, and before it the copy's classes. */
  public static String classPath() {
    String own = System.getProperty("java.class.path");
    String copy = classes();
    return copy == null ? own : copy + System.getProperty("path.separator") + own;
  }

  /** The option that gives another JVM the assertion status of this check. */
  public static String assertions() {
    return System.getProperty(ASSERTIONS, "true").equals("true") ? "-ea" : "-da";
  }

  /** Announces the copy, and whether its assertions are on. */
  static void set(String folder, boolean assertions) {
    System.setProperty(PROPERTY, folder);
    System.setProperty(ASSERTIONS, Boolean.toString(assertions));
  }

  /** No copy is checked any more. */
  static void clear() {
    System.clearProperty(PROPERTY);
    System.clearProperty(ASSERTIONS);
  }
}
