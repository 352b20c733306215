package io.github.datastorelookup.verification;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.checks.Seed;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings of a run.
 *
 * @param root the folder of the parent pom
 * @param budget the effort
 * @param seed the seed of all randomness
 * @param shard which part of the run this machine runs
 * @param output the folder for the files of the run
 * @param work the folder for the files of the part that this JVM runs; {@code output} in a JVM that
 *     runs no part
 */
public record RunSettings(
    Path root, Budget budget, long seed, Shard shard, Path output, Path work) {
  /** The system property with the change of the library of this JVM, as {@code mutant=one}. */
  static final String CHANGE = "library.change";

  /** The settings of a whole run. */
  public RunSettings(Path root, Budget budget, long seed) {
    this(root, budget, seed, Shard.WHOLE);
  }

  /** The settings of a run, whose files go to the usual place; each shard has its own. */
  public RunSettings(Path root, Budget budget, long seed, Shard shard) {
    this(root, budget, seed, shard, folder(root, shard), folder(root, shard));
  }

  private static Path folder(Path root, Shard shard) {
    Path target = root.resolve("stress-tests/target");
    return shard.sharedOut()
        ? target.resolve("shards/" + shard.index() + "-of-" + shard.count())
        : target.resolve("verification");
  }

  /**
   * The settings of this JVM. Sets the system properties {@code budget} and {@code seed} to the
   * chosen values, so that checks, class loaders and child JVMs all see the same.
   */
  public static RunSettings ofThisJvm(Path root) {
    Shard shard = Shard.current();
    if (shard.sharedOut() && !Seed.isGiven()) {
      throw new IllegalArgumentException(
          "shard=" + shard + " without seed: the shards of one run need one seed");
    }
    RunSettings settings =
        new RunSettings(root.toAbsolutePath().normalize(), Budget.current(), Seed.current(), shard);
    System.setProperty("budget", settings.budget.toString());
    System.setProperty("seed", Long.toString(settings.seed));
    return settings;
  }

  /** The same run with other folders. */
  RunSettings in(Path otherOutput, Path otherWork) {
    return new RunSettings(root, budget, seed, shard, otherOutput, otherWork);
  }

  /** The same run with another seed and another folder. */
  RunSettings round(long otherSeed, Path folder) {
    return new RunSettings(root, budget, otherSeed, shard, folder, folder);
  }

  /** A compiled part of a module, such as {@code classes} or {@code test-classes}. */
  public Path compiled(String module, String part) {
    return root.resolve(module).resolve("target").resolve(part);
  }

  /** The command that repeats this run, but for what the caller chose of it. */
  public String replay() {
    String part = shard.sharedOut() ? " -Dshard=" + shard : "";
    return command() + " -Dbudget=" + budget + " -Dseed=" + seed + part;
  }

  /** The command that repeats this run. */
  public String again() {
    return replay()
        + Stream.of("only", "race", "since", "failfast")
            .filter(each -> !Set.of("", "false").contains(System.getProperty(each, "")))
            .map(each -> " -D" + each + "=" + System.getProperty(each))
            .collect(Collectors.joining());
  }

  /** Whether the library of this run is a changed one. */
  public boolean isOfChangedLibrary() {
    return !System.getProperty(CHANGE, "").isEmpty();
  }

  /** The command that runs the verification on the library of this run. */
  public String command() {
    return "mvn -B verify -Pverification"
        + (isOfChangedLibrary() ? " -D" + System.getProperty(CHANGE) : "");
  }
}
