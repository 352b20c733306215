package io.github.datastorelookup.verification.mutants;

import org.jspecify.annotations.Nullable;

/** Tells a check that starts JVMs which copy of the library they have to run. */
public final class LibraryUnderCheck {
  private static final String PROPERTY = "verification.library";

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

  /** Announces the copy; null when no copy is checked any more. */
  static void set(@Nullable String folder) {
    if (folder == null) {
      System.clearProperty(PROPERTY);
    } else {
      System.setProperty(PROPERTY, folder);
    }
  }
}
