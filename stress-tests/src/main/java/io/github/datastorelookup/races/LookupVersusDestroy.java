package io.github.datastorelookup.races;

import static io.github.datastorelookup.races.RaceFixture.NAME;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.DatastoreException.DatastoreInUse;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.port.Ports;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Can data be removed while a lookup of another process is granted?
 *
 * <p>Clauses L2, M2, M3; INV-3.
 *
 * <p>No. {@code destroy} sets its mode, waits until every live word is exactly {@code CLOSED}, and
 * reads the words again after a second save. Here it gives up at once. The lookup is the first one
 * of its process, so it takes the config lock, counts, and opens the files. The wrong version reads
 * the words of its own process only.
 *
 * <p>Any hardware with two cores shows it.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=LookupVersusDestroy
 * </pre>
 */
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The lookup came first: in use.")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The removal came first, or its mode did.")
@Outcome(
    id = "0, 0",
    expect = ACCEPTABLE,
    desc = "The count of a lookup that was refused got in the way.")
@Outcome(id = "1, 1", expect = FORBIDDEN, desc = "Removed under a writer.")
@State
public class LookupVersusDestroy {
  private final Steps steps = new Steps(UnaryOperator.identity());

  /** Looks up to write. */
  @Actor
  public void writer(II_Result seen) {
    steps.write(seen);
  }

  /** Removes the datastore, if it is not in use. */
  @Actor
  public void remover(II_Result seen) {
    steps.destroy(seen);
  }

  /** The words of other processes are not read. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The removal came first.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "Removed under a writer.")
  @State
  public static class WithoutOthers {
    private final Steps steps = new Steps(WeakenedPorts::withoutOthers);

    @Actor
    public void writer(II_Result seen) {
      steps.write(seen);
    }

    @Actor
    public void remover(II_Result seen) {
      steps.destroy(seen);
    }
  }

  private static final class Steps {
    private final RacingProcess worker;
    private final RacingProcess remover;

    Steps(UnaryOperator<Ports> weaken) {
      RaceFixture fixture = new RaceFixture();
      fixture.removeAlias(); // no task works on files that have two names (M5)
      worker = fixture.process();
      remover = fixture.process(weaken);
    }

    void write(II_Result seen) {
      Spin.awhile();
      seen.r1 = worker.write(NAME);
    }

    void destroy(II_Result seen) {
      try {
        remover.registry().destroy(NAME, Drain.atMost(Duration.ZERO), () -> {});
        seen.r2 = 1;
      } catch (DatastoreInUse e) {
        seen.r2 = 0;
      }
    }
  }
}
