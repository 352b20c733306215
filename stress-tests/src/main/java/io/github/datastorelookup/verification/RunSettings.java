package io.github.datastorelookup.verification;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.checks.Seed;
import java.nio.file.Path;

/**
 * The settings of a run.
 *
 * @param root the folder of the parent pom
 * @param budget the effort
 * @param seed the seed of all randomness
 * @param shard which part of the run this JVM runs
 */
public record RunSettings(Path root, Budget budget, long seed, Shard shard) {
  /** The system property with the mutant in the library of this JVM, if there is one. */
  static final String MUTANT = "library.mutant";

  /** The settings of a whole run. */
  public RunSettings(Path root, Budget budget, long seed) {
    this(root, budget, seed, Shard.WHOLE);
  }

  /**
   * The settings of this JVM. Sets the system properties {@code budget} and {@code seed} to the
   * chosen values, so that checks, class loaders and child JVMs all see the same.
   */
  public static RunSettings ofThisJvm(Path root) {
    RunSettings settings =
        new RunSettings(
            root.toAbsolutePath().normalize(), Budget.current(), Seed.current(), Shard.current());
    System.setProperty("budget", settings.budget.toString());
    System.setProperty("seed", Long.toString(settings.seed));
    return settings;
  }

  /** The folder for the files of the run; each shard has its own. */
  public Path output() {
    Path target = root.resolve("stress-tests/target");
    return shard.sharedOut()
        ? target.resolve("shards/" + shard.index() + "-of-" + shard.count())
        : target.resolve("verification");
  }

  /** A compiled part of a module, such as {@code classes} or {@code test-classes}. */
  public Path compiled(String module, String part) {
    return root.resolve(module).resolve("target").resolve(part);
  }

  /** The command that repeats this run. */
  public String replay() {
    String part = shard.sharedOut() ? " -Dshard=" + shard : "";
    return command() + " -Dbudget=" + budget + " -Dseed=" + seed + part;
  }

  /** The command that runs the verification on the library of this run. */
  public String command() {
    String mutant = System.getProperty(MUTANT, "");
    return "mvn -B verify -Pverification" + (mutant.isEmpty() ? "" : " -Dmutant=" + mutant);
  }
}
