package io.github.datastorelookup.faults;

import io.github.datastorelookup.DatastoreRegistry;
import java.nio.file.Path;

/** What {@link ExhaustionTest} runs in a JVM of its own, to see what opening does. */
final class OpenMain {
  private OpenMain() {}

  /** Opens and closes a registry in a directory. */
  public static void main(String[] arguments) throws Exception {
    Home home = new Home(Path.of(arguments[0]));
    try (DatastoreRegistry registry = Home.builder(home.ports()).withoutWatcher().open()) {
      System.out.println(registry.stats());
    }
  }
}
