package io.github.datastorelookup.verification;

import io.github.datastorelookup.verification.page.CampaignPage;
import io.github.datastorelookup.verification.tests.TestLayerKind;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Rounds with new seeds until the minutes are over, or until the first failure: {@code -Dminutes}.
 *
 * <p>Each round is a run with a folder of its own. A round begins as soon as the one before it has
 * started its last part, so that all jobs have work. The state is written after each round, and a
 * campaign that something killed is resumed by the same command.
 */
final class Campaign {
  /** The layers that do the same with each seed: they run in the first round only. */
  static final Set<String> SAME_EACH_TIME =
      Set.of(
          TestLayerKind.UNIT.layerName(),
          TestLayerKind.TRACES.layerName(),
          TestLayerKind.RUNNER.layerName());

  private static final String AT_THE_END = "by the end of the minutes";
  private static final int KEPT_ROUNDS = 3;
  private static final int KEPT_FAILURES = 20;

  private final RunSettings settings;
  private final RunOptions options;
  private final Jobs jobs;
  private final @Nullable Path library;
  private final Terminal terminal;
  private final Path folder;
  private final double before;
  private final long startNanos = System.nanoTime();
  private final Set<Run> running = ConcurrentHashMap.newKeySet();
  private CampaignState state;
  private volatile @Nullable String stopped;

  Campaign(RunSettings settings, RunOptions options, @Nullable Path library, Terminal terminal)
      throws IOException {
    this.settings = settings;
    this.options = options;
    this.jobs = new Jobs(options.jobs());
    this.library = library;
    this.terminal = terminal;
    this.folder = settings.root().resolve("stress-tests/target/campaign");
    this.state = resumed();
    this.before = state.seconds();
  }

  /** The state of a campaign that was not over, or that of a new one. */
  private CampaignState resumed() throws IOException {
    String commit = Environment.here(settings.root()).commit();
    if (CampaignState.exists(folder)) {
      CampaignState old = CampaignState.read(folder);
      if (!old.ended()
          && old.commit().equals(commit)
          && old.budget() == settings.budget()
          && options.scope().equals(old.scope())) {
        if (options.seeded() && settings.seed() != old.seed()) {
          throw new IllegalArgumentException(
              "seed="
                  + settings.seed()
                  + ", but the campaign in "
                  + folder
                  + " has seed="
                  + old.seed()
                  + ": resume it with that, or move the folder away to begin anew");
        }
        terminal.line(
            String.format(
                Locale.ROOT,
                "resumes a campaign after %d rounds and %.0f s, seed: %d",
                old.rounds().size(),
                old.seconds(),
                old.seed()));
        return old.toGoOn();
      }
    }
    KeptRuns.makeRoom(folder);
    Path unused = Files.createDirectories(folder);
    CampaignState fresh =
        new CampaignState(
            commit, settings.budget(), options.scope(), settings.seed(), 0, false, List.of());
    fresh.write(folder);
    return fresh;
  }

  /** Runs the rounds. */
  RunVerdict run() throws IOException, InterruptedException {
    long left = (long) (options.minutes() * 60 - before);
    CompletableFuture.delayedExecutor(Math.max(0, left), TimeUnit.SECONDS)
        .execute(() -> stop(AT_THE_END));
    List<CompletableFuture<Void>> rounds = new ArrayList<>();
    CampaignState begun = state;
    for (int number = 1; stopped == null && left > 0; number++) {
      if (!begun.has(number)) {
        rounds.add(start(number));
      }
    }
    CompletableFuture.allOf(rounds.toArray(CompletableFuture[]::new)).join();
    return end();
  }

  /** Ends the rounds that run: what they found until now counts. */
  void stop(String why) {
    if (stopped == null) {
      stopped = why;
    }
    running.forEach(run -> run.stop(why));
  }

  private CompletableFuture<Void> start(int number) throws IOException, InterruptedException {
    Path place = place(folder, number);
    KeptRuns.deleteTree(place); // of a round that a kill ended
    Path unused = Files.createDirectories(place);
    PrintStream console =
        new PrintStream(
            Files.newOutputStream(place.resolve("console.txt")), true, StandardCharsets.UTF_8);
    List<String> layers =
        options.only().stream()
            .filter(each -> number == 1 || !SAME_EACH_TIME.contains(each))
            .toList();
    String started = Instant.now().toString();
    terminal.line("round " + number + " begins, seed: " + seed(number));
    Run run =
        new Run(
            settings.round(seed(number), place),
            options.with(layers, number),
            jobs,
            library,
            Nearest.NONE,
            new Terminal(console, false),
            terminal);
    running.add(run);
    String why = stopped;
    if (why != null) {
      run.stop(why);
    }
    return run.start()
        .thenAccept(
            report -> {
              running.remove(run);
              console.close();
              ended(CampaignRound.of(number, started, report, layers, run.isComplete()));
            });
  }

  /** The folder of a round. */
  static Path place(Path folder, int round) {
    return folder.resolve(String.format(Locale.ROOT, "round-%05d", round));
  }

  private long seed(int number) {
    return new SplittableRandom(state.seed() + number).nextLong() >>> 1 | 1;
  }

  private synchronized void ended(CampaignRound round) {
    try {
      state = state.plus(round, seconds());
      state.write(folder);
      CampaignPage.write(state, options.minutes(), folder);
      terminal.line(
          String.format(
              Locale.ROOT,
              "round %d: %s%s in %.0f s, %d failures until now",
              round.number(),
              round.verdict(),
              round.complete() ? "" : ", ended early",
              round.seconds(),
              state.failures().size()));
      deleteOldRounds(state, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!options.keepGoing() && !round.failures().isEmpty()) {
      stop("by the first failure");
    }
  }

  private double seconds() {
    return before + (System.nanoTime() - startNanos) / 1e9;
  }

  /** Keeps the newest rounds, and of each cause of failures the first round that showed it. */
  static void deleteOldRounds(CampaignState state, Path folder) throws IOException {
    Set<String> causes = new HashSet<>();
    int newest = state.next() - 1;
    for (CampaignRound round : state.rounds()) {
      boolean first =
          round.failures().stream().map(each -> each.layer() + each.cause()).anyMatch(causes::add);
      if (round.number() <= newest - KEPT_ROUNDS && !(first && causes.size() <= KEPT_FAILURES)) {
        KeptRuns.deleteTree(place(folder, round.number()));
      }
    }
  }

  private synchronized RunVerdict end() throws IOException {
    boolean over = !Verification.BY_A_SIGNAL.equals(stopped);
    state = over ? state.over(seconds()) : state;
    state.write(folder);
    Path page = CampaignPage.write(state, options.minutes(), folder);
    terminal.line(CampaignPage.headline(state, options.minutes()));
    terminal.line("report: " + page);
    return state.verdict();
  }
}
