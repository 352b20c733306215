package io.github.datastorelookup.races;

import static io.github.datastorelookup.races.RaceFixture.NAME;
import static io.github.datastorelookup.races.RacingProcess.open;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.port.AtomicWord;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Can the last drop in a clearing mode close files under a writer granted after the mode is
 * cleared?
 *
 * <p>Clauses D1, E1, E2; INV-4, INV-9.
 *
 * <p>No. The drop finds the mode and decides to close, but it closes only if the word is still
 * zero, by one compare-and-set. A writer that counted in between has taken over the duty. The wrong
 * version compares the closing bits only. That is flaw P2 of the shipped PBS: the next writer opens
 * the files a second time, and the locks of the first are gone when either closes.
 *
 * <p>Reading the config is slow here, so that the writer fits in between.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=LastDropVersusClearAndLookup
 * </pre>
 */
@JCStressTest
@Outcome(
    id = "1, 1",
    expect = ACCEPTABLE,
    desc = "The files of the writer are open, and no others.")
@Outcome(id = "0, 0", expect = FORBIDDEN, desc = "Closed under the writer.")
@Outcome(id = "0, 1", expect = FORBIDDEN, desc = "Closed under the writer, and others are open.")
@Outcome(id = "1, 2", expect = FORBIDDEN, desc = "Opened twice.")
@State
public class LastDropVersusClearAndLookup {
  private final Steps steps = new Steps(Words::next);

  /** Drops the last handle. */
  @Actor
  public void reader() {
    steps.drop();
  }

  /** Clears the mode, and looks up to write. */
  @Actor
  public void writer() {
    steps.clearAndWrite();
  }

  /** Looks at the writer's files. */
  @Arbiter
  public void afterwards(II_Result seen) {
    steps.judge(seen);
  }

  /** The thread that closes looks at the closing bits only. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "Closed under the writer.")
  @State
  public static class WithoutCounts {
    private final Steps steps = new Steps(Words.weakened(Words::withoutCounts));

    @Actor
    public void reader() {
      steps.drop();
    }

    @Actor
    public void writer() {
      steps.clearAndWrite();
    }

    @Arbiter
    public void afterwards(II_Result seen) {
      steps.judge(seen);
    }
  }

  private static final class Steps {
    private final RaceFixture fixture;
    private final RacingProcess worker;
    private final RacingProcess decider;
    private final DatastoreHandle reader;
    private @Nullable DatastoreHandle writer;

    Steps(LongFunction<AtomicWord> words) {
      fixture = new RaceFixture(words);
      worker = fixture.process(WeakenedPorts::slowReads);
      decider = fixture.process();
      reader = worker.held(Operation.READ);
      decider.set(NAME, MaintenanceMode.OFFLINE);
    }

    void drop() {
      reader.close();
    }

    void clearAndWrite() {
      decider.set(NAME, MaintenanceMode.NONE);
      writer = worker.lookup(NAME, Operation.WRITE);
    }

    void judge(II_Result seen) {
      seen.r1 = open(writer);
      seen.r2 = fixture.open();
    }
  }
}
