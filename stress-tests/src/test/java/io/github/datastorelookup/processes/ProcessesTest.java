package io.github.datastorelookup.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.checks.Explored;
import io.github.datastorelookup.checks.Seed;
import io.github.datastorelookup.history.Event;
import io.github.datastorelookup.history.HistoryCoverage;
import io.github.datastorelookup.verification.Repository;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
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
  private static final Path KEPT = Repository.root().resolve("stress-tests/target");

  @Test
  @Tag("kills:config-lock-of-one-process")
  @Tag("kills:generation-of-one-process")
  @Tag("kills:interruptible-call-on-a-locked-file")
  void processes_killedAgainAndAgain_loseNothing() throws Exception {
    Plan plan = Plan.current();
    for (int number = 0; number < plan.rounds(); number++) {
      Round round = new Round(Seed.current() + number, plan, null, KEPT);
      round.run();
      HistoryCoverage coverage = Objects.requireNonNull(round.coverage());
      Explored.add(coverage.operations());
      System.out.println("processes: " + coverage.summary());
      assertEquals(List.of(), round.missing());
      assertTrue(coverage.count(Event.LOCKED) > 0, "no lock of a store");
    }
  }
}
