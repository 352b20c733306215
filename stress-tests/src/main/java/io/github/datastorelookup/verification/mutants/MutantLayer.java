package io.github.datastorelookup.verification.mutants;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.oracle.Counterexample;
import io.github.datastorelookup.oracle.ScenarioText;
import io.github.datastorelookup.verification.CheckResult;
import io.github.datastorelookup.verification.CheckResult.Outcome;
import io.github.datastorelookup.verification.Failure;
import io.github.datastorelookup.verification.Layer;
import io.github.datastorelookup.verification.LayerResult;
import io.github.datastorelookup.verification.Progress;
import io.github.datastorelookup.verification.RunSettings;
import io.github.datastorelookup.verification.Scope;
import io.github.datastorelookup.verification.mutants.Mutant.CheckName;
import io.github.datastorelookup.verification.mutants.MutantResult.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Tries every mutant in {@code stress-tests/mutants}. */
public final class MutantLayer implements Layer {
  /** As in the table. */
  public static final String NAME = "mutants";

  private static final int SMOKE_LIMIT_SECONDS = 60;
  private static final int DRAWN_IN_SMOKE = 40;

  /** A longer counterexample is no story any more. */
  private static final int MOST_COMMANDS = 8;

  private final RunSettings settings;
  private final CheckDirectory checks;
  private final Predicate<CheckName> relied;
  private MutantSet chosen = new MutantSet(List.of(), new TreeMap<>());
  private final List<MutantResult> results = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> limits = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();

  /**
   * The layer.
   *
   * @param checks which checks there are
   * @param relied those that are known to hold without a mutant; others are run so, too
   */
  public MutantLayer(RunSettings settings, CheckDirectory checks, Predicate<CheckName> relied) {
    this.settings = settings;
    this.checks = checks;
    this.relied = relied;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<MutantResult> mutants() {
    return List.copyOf(results);
  }

  @Override
  public NavigableSet<String> plan() throws IOException {
    chosen = chosen();
    return chosen.names();
  }

  @Override
  public LayerResult run(NavigableSet<String> share, Progress progress)
      throws IOException, InterruptedException {
    MutantSet folder = chosen.part(share);
    progress.plan(share.size());
    for (String error : folder.errors().values()) {
      Failure failure = new Failure(NAME, error, "", settings.replay());
      failures.add(failure);
      progress.failed(failure);
    }
    MutantTrial trial = trial();
    // Each copy has classes of its own, which would draw a seed of their own.
    System.setProperty("seed", Long.toString(settings.seed()));
    // That a mutant dies takes no small counterexample, and making it small takes time.
    System.setProperty("shrink", Boolean.toString(settings.budget() != Budget.SMOKE));
    for (Mutant mutant : folder.mutants()) {
      progress.now(mutant.id());
      MutantResult result = trial.run(mutant);
      progress.done();
      results.add(result);
      if (!result.killed()) {
        fail(result, progress);
      }
      tell(result);
    }
    System.clearProperty("shrink");
    return result(share.size(), trial.checksRun(), progress.seconds());
  }

  private MutantSet chosen() throws IOException {
    MutantSet all = MutantSet.read(MutantPages.folder(settings.root()), checks);
    Set<String> named = Set.of(System.getProperty("mutant", "").split(","));
    if (!named.contains("")) {
      if (!all.names().containsAll(named)) {
        throw new IOException("mutant=" + named + ", of which there is not each one");
      }
      int others = all.names().size() - named.size();
      leftOut.add(others + " of " + all.names().size() + " mutants, by -Dmutant");
      return all.part(named);
    }
    if (settings.budget() != Budget.SMOKE) {
      return all;
    }
    MutantSet drawn = all.draw(DRAWN_IN_SMOKE, settings.seed());
    limits.add(
        String.format(
            Locale.ROOT, "%d of %d, chosen by the seed", drawn.names().size(), all.names().size()));
    return drawn;
  }

  private MutantTrial trial() throws IOException {
    List<Path> folders =
        List.of(
            settings.compiled("impl", "test-classes"),
            settings.compiled("property-tests", "classes"),
            settings.compiled("property-tests", "test-classes"),
            settings.compiled("stress-tests", "classes"),
            settings.compiled("stress-tests", "test-classes"));
    Duration limit = Duration.ofSeconds(settings.budget().times(SMOKE_LIMIT_SECONDS));
    return new MutantTrial(
        SourceTree.read(ChangedLibrary.sources(settings.root())),
        settings.work().resolve("mutants"),
        System.getProperty("java.class.path"),
        new CopyChecker(folders, limit),
        relied);
  }

  private void fail(MutantResult result, Progress progress) {
    Failure failure =
        new Failure(
            "mutant " + result.mutant().id(),
            result.fate() + ": " + result.message(),
            result.details(),
            settings.replay());
    failures.add(failure);
    progress.failed(failure);
  }

  /**
   * Keeps the counterexample, if the check was one that has them, and says when it is a long one.
   */
  private void tell(MutantResult result) throws IOException {
    int begin = ScenarioText.begin(result.details());
    if (!result.killed() || begin < 0) {
      return;
    }
    String story = result.details().substring(begin).replaceAll("(?m)^\\s+at .*\\R", "");
    Path folder = Files.createDirectories(settings.output().resolve("counterexamples"));
    Path file = folder.resolve(result.mutant().id() + ".txt");
    String text =
        String.format(
            Locale.ROOT,
            "%s%n%s%nreplay: %s -DskipTests -Dmutant=%s -Dreplay=%s%n%s",
            result.mutant().story(),
            result.message(),
            settings.command(),
            result.mutant().id(),
            settings.root().relativize(file),
            story);
    Path unused = Files.writeString(file, text);
    Counterexample example = ScenarioText.parse(story);
    int size = example.scenario().size();
    if (settings.budget() != Budget.SMOKE && (size > MOST_COMMANDS || !example.isMinimal())) {
      notes.add(
          String.format(
              Locale.ROOT,
              "the counterexample of %s has %d commands%s",
              result.mutant().id(),
              size,
              example.isMinimal() ? "" : ", perhaps more than it needs"));
    }
  }

  private LayerResult result(int planned, int checksRun, double seconds) {
    int ran = (int) results.stream().filter(each -> each.fate() != Fate.ERROR).count();
    List<CheckResult> each = results.stream().map(MutantLayer::checkResult).toList();
    return new LayerResult(
        NAME,
        planned,
        ran,
        checksRun,
        "check runs",
        seconds,
        each,
        failures,
        notes,
        new Scope(limits, leftOut));
  }

  private static CheckResult checkResult(MutantResult result) {
    return new CheckResult(
        NAME,
        result.mutant().id(),
        result.seconds(),
        result.killed() ? Outcome.PASSED : Outcome.FAILED,
        result.killed() ? null : result.message());
  }
}
