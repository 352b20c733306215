package io.github.datastorelookup.races;

import static io.github.datastorelookup.races.RaceFixture.NAME;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.port.AtomicWord;
import java.util.function.LongFunction;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Can the watcher close files under a warm lookup that was granted before the mode was set?
 *
 * <p>Clauses E1, T1, D1; INV-5, INV-9.
 *
 * <p>No. The watcher takes the mutex, and closes only if the word is zero, by one compare-and-set.
 * A lookup that was refused has undone its count, and then closing is its duty. The wrong version
 * sets the bits without comparing the counts.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=WatcherVersusLookup
 * </pre>
 */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Granted before the mode, and open.")
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Refused, and closed.")
@Outcome(id = "1, 0", expect = FORBIDDEN, desc = "Closed under the reader.")
@Outcome(id = "0, 1", expect = FORBIDDEN, desc = "Each left it to the other.")
@State
public class WatcherVersusLookup {
  private final Steps steps = new Steps(Words::next);

  /** After the mode was set, looks for idle files. */
  @Actor
  public void watcher() {
    steps.watch();
  }

  /** Looks up to read. */
  @Actor
  public void looker(II_Result seen) {
    steps.look(seen);
  }

  /** Counts open files. */
  @Arbiter
  public void afterwards(II_Result seen) {
    steps.judge(seen);
  }

  /** The thread that evicts looks at the closing bits only. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The reader came after the sweep.")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Refused, and closed.")
  @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "Closed under the reader.")
  @State
  public static class WithoutCounts {
    private final Steps steps = new Steps(Words.weakened(Words::withoutCounts));

    @Actor
    public void watcher() {
      steps.watch();
    }

    @Actor
    public void looker(II_Result seen) {
      steps.look(seen);
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

    Steps(LongFunction<AtomicWord> words) {
      fixture = new RaceFixture(words);
      worker = fixture.process(WeakenedPorts::slowReads).warm();
      decider = fixture.process();
    }

    void watch() {
      decider.set(NAME, MaintenanceMode.OFFLINE);
      worker.registry().refresh();
    }

    void look(II_Result seen) {
      Spin.awhile();
      seen.r1 = worker.read(NAME);
    }

    void judge(II_Result seen) {
      seen.r2 = fixture.open();
    }
  }
}
