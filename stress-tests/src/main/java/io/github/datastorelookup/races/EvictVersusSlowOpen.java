package io.github.datastorelookup.races;

import static io.github.datastorelookup.races.RaceFixture.NAME;
import static io.github.datastorelookup.races.RacingProcess.open;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.races.RaceFixture.SpinningSync;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Can a slow lookup be granted files that the watcher is closing?
 *
 * <p>Clauses L3, E1; INV-4, INV-9.
 *
 * <p>No. Both threads hold the mutex of the slot, and the second finds the files closed, or in use.
 * In the wrong version the mutex excludes no thread, and the lookup is granted files that are
 * closed a moment later.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=EvictVersusSlowOpen
 * </pre>
 */
@JCStressTest
@Outcome(
    id = "1, 1",
    expect = ACCEPTABLE,
    desc = "The files of the writer are open, and no others.")
@Outcome(id = "0, [01]", expect = FORBIDDEN, desc = "Closed under the writer.")
@Outcome(id = "1, 2", expect = FORBIDDEN, desc = "Opened twice.")
@State
public class EvictVersusSlowOpen {
  private final Steps steps = new Steps(new SpinningSync());

  /** Finds the mode offline, or not any more. */
  @Actor
  public void watcher() {
    steps.watch();
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

  /** Mutexes exclude no thread. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "Closed under the writer.")
  @State
  public static class WithoutMutualExclusion {
    private final Steps steps = new Steps(new NonExclusiveSync());

    @Actor
    public void watcher() {
      steps.watch();
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
    private final RaceFixture fixture = new RaceFixture(Words.weakened(Words::settingSlowly));
    private final RacingProcess worker;
    private final RacingProcess decider;
    private @Nullable DatastoreHandle writer;

    Steps(JvmSync sync) {
      worker = fixture.process(sync, UnaryOperator.identity()).warm();
      decider = fixture.process();
      decider.set(NAME, MaintenanceMode.OFFLINE);
    }

    void watch() {
      worker.registry().refresh();
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
