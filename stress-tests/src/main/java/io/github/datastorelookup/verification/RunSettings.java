package io.github.datastorelookup.verification;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.checks.Seed;
import java.nio.file.Path;

/**
 * What the whole run has in common.
 *
 * @param root the folder of the parent pom
 * @param budget the effort
 * @param seed where all randomness comes from
 */
public record RunSettings(Path root, Budget budget, long seed) {

  /**
   * The settings of this JVM. Sets the system properties {@code budget} and {@code seed} to what
   * was chosen, so that checks, class loaders and child JVMs all see the same.
   */
  public static RunSettings ofThisJvm(Path root) {
    RunSettings settings =
        new RunSettings(root.toAbsolutePath().normalize(), Budget.current(), Seed.current());
    System.setProperty("budget", settings.budget.toString());
    System.setProperty("seed", Long.toString(settings.seed));
    return settings;
  }

  /** Where the run leaves its files. */
  public Path output() {
    return root.resolve("stress-tests/target/verification");
  }

  /** A compiled part of a module, such as {@code classes} or {@code test-classes}. */
  public Path compiled(String module, String part) {
    return root.resolve(module).resolve("target").resolve(part);
  }

  /** The command that repeats this run. */
  public String replay() {
    return "mvn -B verify -Pverification -Dbudget=" + budget + " -Dseed=" + seed;
  }
}
