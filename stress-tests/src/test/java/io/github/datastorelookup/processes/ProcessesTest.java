package io.github.datastorelookup.processes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.checks.Explored;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.checks.Seed;
import io.github.datastorelookup.history.Event;
import io.github.datastorelookup.history.History;
import io.github.datastorelookup.history.HistoryChecker;
import io.github.datastorelookup.history.HistoryCoverage;
import io.github.datastorelookup.history.Violations;
import io.github.datastorelookup.verification.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Several processes share a real installation's file and use it at random; about each second one of
 * them is killed and started again. On the way and in the end, what all of them wrote down must fit
 * together.
 *
 * <p>Sees what no model sees: the file system, the record locks, the mapped words, the kernel's
 * idea of a dead process and of an open file. Does not choose the schedule: a window of a few
 * instructions is hit by luck only, and the seed repeats what the threads want to do, not when they
 * do it.
 */
@Tag("processes")
final class ProcessesTest {
  @Test
  @Tag("kills:config-lock-of-one-process")
  @Tag("kills:generation-of-one-process")
  @Tag("kills:interruptible-call-on-a-locked-file")
  void processes_killedAgainAndAgain_loseNothing() throws Exception {
    Plan plan = Plan.current();
    for (int round = 0; round < plan.rounds(); round++) {
      oneRound(Seed.current() + round, plan);
    }
  }

  private static void oneRound(long seed, Plan plan) throws Exception {
    Site site = new Site(Files.createTempDirectory(memory(), "datastore-lookup-"));
    try {
      check(site, new Campaign(site, seed, plan));
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

  private static void check(Site site, Campaign campaign) throws Exception {
    Violations all = new Violations();
    @Nullable AssertionError other = null;
    try {
      all.collect(campaign::run);
    } catch (AssertionError e) {
      other = e;
    }
    History history = new History(campaign.lines());
    all.collect(() -> Campaign.check(history));
    if (other != null) {
      all.suppressedIn(other);
      throw other;
    }
    HistoryCoverage coverage = new HistoryCoverage(history);
    Explored.add(coverage.operations());
    System.out.println("processes: " + coverage.summary());
    all.throwFirst();
    new Aftermath(site, campaign.killedPids())
        .check(new HistoryChecker(history), campaign.pidsOf(coverage.killedWithAHandle()));
    requireCovered(coverage, campaign);
  }

  /** A run that happened to do nothing proves nothing. */
  private static void requireCovered(HistoryCoverage coverage, Campaign campaign) {
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
            Event.LOCKED,
            Event.EDIT_OK)) {
      assertTrue(coverage.count(event) > 0, "never happened: " + event);
    }
    assertTrue(campaign.killedPids().size() >= 3, "killed too few: " + campaign.killedPids());
    assertTrue(!coverage.killedInsideACall().isEmpty(), "no kill hit a process inside a call");
    Set<String> saw = coverage.sourcesThatSaw(Installation.EDITED_BY_HAND, campaign.edits());
    assertTrue(saw.containsAll(campaign.survivors()), "saw the edit by hand: " + saw);
  }

  /**
   * Where files are memory, if there is such a place: a disk's sync would take most of the time.
   */
  private static Path memory() {
    Path shm = Path.of("/dev/shm");
    return Files.isWritable(shm) ? shm : Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** Copies the logs to where they stay, and says where. */
  private static String keep(Site site) throws IOException {
    Path target = Repository.root().resolve("stress-tests/target");
    int n = 1;
    while (Files.exists(target.resolve("processes-" + n))) {
      n++;
    }
    Path kept = target.resolve("processes-" + n);
    Trees.copy(site.root(), kept);
    return "seed=" + Seed.current() + " logs=" + kept;
  }
}
