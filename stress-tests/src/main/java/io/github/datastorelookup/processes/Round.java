package io.github.datastorelookup.processes;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.history.Event;
import io.github.datastorelookup.history.History;
import io.github.datastorelookup.history.HistoryChecker;
import io.github.datastorelookup.history.HistoryCoverage;
import io.github.datastorelookup.history.Violations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A campaign in directories of its own, and what its history says. */
public final class Round {
  private static final int LEAST_KILLED = 3;

  private final long seed;
  private final Plan plan;
  private final @Nullable String port;
  private final Path kept;
  private final List<String> missing = new ArrayList<>();
  private @Nullable HistoryCoverage coverage;

  /**
   * A round that has not begun.
   *
   * @param port the command of a port, which some of the processes run instead of this library
   * @param kept where the logs of one that fails go
   */
  public Round(long seed, Plan plan, @Nullable String port, Path kept) {
    this.seed = seed;
    this.plan = plan;
    this.port = port;
    this.kept = kept;
  }

  /**
   * Runs it.
   *
   * @throws InvariantViolation when one does not hold, with where the logs are
   * @throws AssertionError when a process did what none may do, with the same
   */
  public void run() throws Exception {
    Site site = new Site(Files.createTempDirectory(memory(), "datastore-lookup-"));
    try {
      check(site, new Campaign(site, seed, plan, port));
    } catch (InvariantViolation e) {
      InvariantViolation told = e.after(keep(site));
      Stream.of(e.getSuppressed()).forEach(told::addSuppressed);
      throw told;
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(e.getMessage() + "\n" + keep(site), e);
    } finally {
      Trees.delete(site.root());
    }
  }

  private void check(Site site, Campaign campaign) throws Exception {
    Violations all = new Violations();
    @Nullable AssertionError other = null;
    try {
      all.collect(campaign::run);
    } catch (AssertionError e) {
      other = e;
    }
    History history = new History(Logs.below(site.logs()));
    HistoryCoverage found = new HistoryCoverage(history);
    coverage = found;
    HistoryChecker checker = Logs.judge(history);
    all.collect(checker::checkRun);
    if (other != null) {
      all.suppressedIn(other);
      throw other;
    }
    all.throwFirst();
    new Aftermath(site, campaign.killedPids())
        .check(checker, campaign.pidsOf(found.killedWithAHandle()));
    judge(found, campaign);
  }

  /** A run that happened to do nothing proves nothing. */
  private void judge(HistoryCoverage found, Campaign campaign) {
    for (Event event :
        List.of(
            Event.GRANT,
            Event.REFUSED,
            Event.SAVE_OK,
            Event.DRAINED,
            Event.CENSUS,
            Event.REMOVE_OK,
            Event.UNMOUNT_OK,
            Event.TORN,
            Event.EDIT_OK)) {
      if (found.count(event) == 0) {
        missing.add("never happened: " + event);
      }
    }
    if (campaign.killedPids().size() < LEAST_KILLED) {
      missing.add("killed too few: " + campaign.killedPids());
    }
    if (found.killedInsideACall().isEmpty()) {
      missing.add("no kill hit a process inside a call");
    }
    Set<String> saw = found.sourcesThatSaw(Installation.EDITED_BY_HAND, campaign.edits());
    if (!saw.containsAll(campaign.survivors())) {
      missing.add("saw the manual edit: " + saw);
    }
  }

  /** The events that every useful run has, and that this one lacks. */
  public List<String> missing() {
    return missing;
  }

  /** What happened; null if it did not come to that. */
  public @Nullable HistoryCoverage coverage() {
    return coverage;
  }

  /**
   * Where files are memory, if there is such a place: a disk's sync would take most of the time.
   */
  private static Path memory() {
    Path shm = Path.of("/dev/shm");
    return Files.isWritable(shm) ? shm : Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** Copies the logs to where they stay, and says where. */
  private String keep(Site site) throws IOException {
    int n = 1;
    while (Files.exists(kept.resolve("processes-" + n))) {
      n++;
    }
    Path target = kept.resolve("processes-" + n);
    Files.createDirectories(kept);
    Trees.copy(site.root(), target);
    return "seed=" + seed + " logs=" + target.resolve("logs");
  }
}
