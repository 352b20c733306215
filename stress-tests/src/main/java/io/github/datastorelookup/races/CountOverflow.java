package io.github.datastorelookup.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.DatastoreException.TooManyOperations;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.OperationWord;
import java.util.function.LongFunction;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Can two concurrent lookups both take the last free count?
 *
 * <p>Clause W3; INV-6.
 *
 * <p>No. Each lookup decides by the value that its own addition returned, and those two values
 * differ. The wrong version decides by a value that it read earlier. The count then passes the
 * limit, and in the end a carry reaches the count of writers.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=CountOverflow
 * </pre>
 */
@JCStressTest
@Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "The first one fitted.")
@Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "The other one fitted.")
@Outcome(id = "0, 0, [01]", expect = FORBIDDEN, desc = "Neither fitted.")
@Outcome(id = "1, 1, [01]", expect = FORBIDDEN, desc = "Both fitted.")
@State
public class CountOverflow {
  private final Steps steps = new Steps(Words::next);

  /** Looks up to read. */
  @Actor
  public void one(III_Result seen) {
    seen.r1 = steps.read();
  }

  /** Looks up to read. */
  @Actor
  public void other(III_Result seen) {
    seen.r2 = steps.read();
  }

  /** Whether exactly the limit is counted. */
  @Arbiter
  public void afterwards(III_Result seen) {
    seen.r3 = steps.isFull();
  }

  /** Whether it fits is asked before the addition. */
  @JCStressTest
  @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "The first one fitted.")
  @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "The other one fitted.")
  @Outcome(id = "1, 1, 0", expect = ACCEPTABLE_INTERESTING, desc = "Both saw room for one more.")
  @State
  public static class AnsweringLate {
    private final Steps steps = new Steps(Words.weakened(Words::answeringLate));

    @Actor
    public void one(III_Result seen) {
      seen.r1 = steps.read();
    }

    @Actor
    public void other(III_Result seen) {
      seen.r2 = steps.read();
    }

    @Arbiter
    public void afterwards(III_Result seen) {
      seen.r3 = steps.isFull();
    }
  }

  private static final class Steps {
    private final RacingProcess worker;

    Steps(LongFunction<AtomicWord> words) {
      worker = new RaceFixture(words).process().warm();
      worker.addToWord(OperationWord.LIMIT - 1);
    }

    int read() {
      try {
        DatastoreHandle unused = worker.held(Operation.READ);
        return 1;
      } catch (TooManyOperations e) {
        return 0;
      }
    }

    int isFull() {
      return worker.word() == OperationWord.LIMIT ? 1 : 0;
    }
  }
}
