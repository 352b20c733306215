package io.github.datastorelookup.processes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.checks.Explored;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.checks.Seed;
import io.github.datastorelookup.evidence.Coverage;
import io.github.datastorelookup.evidence.Event;
import io.github.datastorelookup.evidence.History;
import io.github.datastorelookup.evidence.Rules;
import io.github.datastorelookup.verification.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Three processes share a real installation's file and use it at random; about each second one of
 * them is killed and started again. Then what all of them wrote down must fit together.
 *
 * <p>Sees what no model sees: the file system, the record locks, the mapped words, the kernel's
 * idea of a dead process. Does not choose the schedule: a window of a few instructions is hit by
 * luck only, and the seed repeats what the threads want to do, not when they do it.
 *
 * <p>Seen to fail, in one run of 10 s each: the dead counted (INV-6), a failed open left counted
 * (INV-6), only the own process counted (INV-3), saves without a bump (INV-8), a bump at each
 * reload (INV-8), a save that edits the cached copy (an unexpected refusal). In one run of several:
 * the operation counted after the config lock (INV-3), a second descriptor of a chunk store's lock
 * file (INV-4).
 */
@Tag("processes")
final class ThreeProcessesTest {
  private static final Duration BUSY = Duration.ofSeconds(10);

  @Test
  void threeProcesses_oneKilledAgainAndAgain_loseNothing() throws Exception {
    int rounds = (Budget.current().times(1) + 1) / 2; // 1, 5 or 50 of a quarter of a minute
    for (int round = 0; round < rounds; round++) {
      oneRound(Seed.current() + round);
    }
  }

  /** Several short rounds instead of a long one: all evidence of a round is in memory at once. */
  private static void oneRound(long seed) throws Exception {
    Site site = new Site(Files.createTempDirectory(memory(), "datastore-lookup-"));
    try {
      check(site, seed);
    } catch (InvariantViolation e) {
      throw e.after(keep(site));
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(e.getMessage() + "\n" + keep(site), e);
    } finally {
      Trees.delete(site.root());
    }
  }

  private static void check(Site site, long seed) throws Exception {
    Campaign campaign = new Campaign(site, seed);
    campaign.run(BUSY);
    History history = new History(campaign.evidence());
    Coverage coverage = new Coverage(history);
    Explored.add(coverage.operations());
    System.out.println("three processes: " + coverage.summary());
    Rules rules = new Rules(history);
    rules.checkRun(Installation.standingModes(Installation.asDelivered()), WorkerMain.TTL);
    new Aftermath(site, campaign.killedPids())
        .check(rules, campaign.pidsOf(coverage.killedWithAHandle()));
    requireCovered(coverage, campaign);
  }

  /** A run that happened to do nothing proves nothing. */
  private static void requireCovered(Coverage coverage, Campaign campaign) {
    for (Event event :
        List.of(
            Event.GRANT,
            Event.REFUSED,
            Event.SAVE_OK,
            Event.DRAINED,
            Event.CENSUS,
            Event.REMOVE_OK,
            Event.LOCKED,
            Event.EDIT_OK)) {
      assertTrue(coverage.count(event) > 0, "never happened: " + event);
    }
    assertTrue(campaign.killedPids().size() >= 3, "killed too few: " + campaign.killedPids());
    assertTrue(!coverage.killedInsideACall().isEmpty(), "no kill hit a process inside a call");
    Set<String> saw = coverage.sourcesThatSaw(Installation.EDITED_BY_HAND, 1);
    assertTrue(saw.containsAll(campaign.survivors()), "saw the edit by hand: " + saw);
  }

  /**
   * Where files are memory, if there is such a place: a disk's sync would take most of the time.
   */
  private static Path memory() {
    Path shm = Path.of("/dev/shm");
    return Files.isWritable(shm) ? shm : Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** Copies the evidence to where it stays, and says where. */
  private static String keep(Site site) throws IOException {
    Path target = Repository.root().resolve("stress-tests/target");
    int n = 1;
    while (Files.exists(target.resolve("processes-" + n))) {
      n++;
    }
    Path kept = target.resolve("processes-" + n);
    Trees.copy(site.root(), kept);
    return "seed=" + Seed.current() + " evidence=" + kept;
  }
}
