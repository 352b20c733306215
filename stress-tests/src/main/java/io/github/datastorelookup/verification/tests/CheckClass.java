package io.github.datastorelookup.verification.tests;

import java.util.NavigableSet;
import java.util.Set;

/**
 * A class with checks.
 *
 * @param module the module whose tests it belongs to
 * @param type the class
 * @param tags its tags and those of the classes around it
 * @param checks its check methods, inherited ones included
 */
public record CheckClass(
    String module, Class<?> type, Set<String> tags, NavigableSet<CheckId> checks) {

  /** Tests of the runner use classes with this tag as input; they are no checks of the project. */
  public static final String FIXTURE = "fixture";

  boolean fixture() {
    return tags.contains(FIXTURE);
  }
}
