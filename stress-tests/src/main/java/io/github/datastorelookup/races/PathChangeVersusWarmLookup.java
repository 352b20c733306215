package io.github.datastorelookup.races;

import static io.github.datastorelookup.races.RaceFixture.OTHER_PATH;
import static io.github.datastorelookup.races.RacingProcess.open;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.port.AtomicWord;
import java.util.function.LongFunction;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Can a path change close files under a warm lookup of the old path?
 *
 * <p>Clauses L6, R1; INV-9, INV-10.
 *
 * <p>No. A slow lookup may find the files open at another path than the section's. It closes them
 * only if it is alone, by one compare-and-set from its own count; else it undoes its count and
 * tries again. It is never granted the old path. The wrong version compares the closing bits only.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=PathChangeVersusWarmLookup
 * </pre>
 */
@JCStressTest
@Outcome(
    id = "1, 1",
    expect = ACCEPTABLE,
    desc = "Each has files that are open, at the path of its config.")
@Outcome(id = "0, 1", expect = FORBIDDEN, desc = "Closed under the quick one.")
@Outcome(id = "[01], 0", expect = FORBIDDEN, desc = "Granted the old path by the new config.")
@State
public class PathChangeVersusWarmLookup {
  private final Steps steps = new Steps(Words::next);

  /** Looks up, and uses the files for a while. */
  @Actor
  public void quick(II_Result seen) {
    steps.look(seen);
  }

  /** Looks up once the new path is known. */
  @Actor
  public void slow(II_Result seen) {
    steps.bumpAndLook(seen);
  }

  /** The thread that closes looks at the closing bits only. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(id = "0, 1", expect = ACCEPTABLE_INTERESTING, desc = "Closed under the quick one.")
  @Outcome(id = "[01], 0", expect = ACCEPTABLE, desc = "Closed under the slow one; rarely seen.")
  @State
  public static class WithoutCounts {
    private final Steps steps = new Steps(Words.weakened(Words::withoutCounts));

    @Actor
    public void quick(II_Result seen) {
      steps.look(seen);
    }

    @Actor
    public void slow(II_Result seen) {
      steps.bumpAndLook(seen);
    }
  }

  private static final class Steps {
    private final RacingProcess worker;
    private final RacingProcess saver;

    Steps(LongFunction<AtomicWord> words) {
      RaceFixture fixture = new RaceFixture(words);
      worker = fixture.process().warm();
      saver = fixture.process();
      fixture.editByHand("path /a", "path /c");
    }

    void look(II_Result seen) {
      Spin.awhile();
      try (DatastoreHandle handle = worker.held(Operation.READ)) {
        Spin.longer();
        seen.r1 = open(handle);
      }
    }

    void bumpAndLook(II_Result seen) {
      saver.comment("moved"); // from now on every process sees the manual edit
      try (DatastoreHandle handle = worker.held(Operation.READ)) {
        seen.r2 = handle.chunkStore().path().equals(OTHER_PATH) ? open(handle) : 0;
      }
    }
  }
}
