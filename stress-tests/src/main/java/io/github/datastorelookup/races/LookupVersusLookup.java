package io.github.datastorelookup.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

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
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Are two concurrent warm lookups both counted, with one shared chunk store?
 *
 * <p>Clauses W3, W5; INV-4, INV-6.
 *
 * <p>Yes. Both add to one word, and neither opens a file.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=LookupVersusLookup
 * </pre>
 */
@JCStressTest
@Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "Two readers of one chunk store.")
@Outcome(id = "1, 1", expect = FORBIDDEN, desc = "One of them is not counted.")
@Outcome(id = "2, 2", expect = FORBIDDEN, desc = "Each has its own.")
@State
public class LookupVersusLookup {
  private final Steps steps = new Steps(Words::next);

  /** Looks up to read. */
  @Actor
  public void one() {
    steps.read();
  }

  /** Looks up to read. */
  @Actor
  public void other() {
    steps.read();
  }

  /** Counts readers and open files. */
  @Arbiter
  public void afterwards(II_Result seen) {
    steps.judge(seen);
  }

  /** The word is read, and the sum written back. */
  @JCStressTest
  @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "One of them is not counted.")
  @State
  public static class WrittenBack {
    private final Steps steps = new Steps(Words.weakened(Words::writtenBack));

    @Actor
    public void one() {
      steps.read();
    }

    @Actor
    public void other() {
      steps.read();
    }

    @Arbiter
    public void afterwards(II_Result seen) {
      steps.judge(seen);
    }
  }

  private static final class Steps {
    private final RaceFixture fixture;
    private final RacingProcess worker;

    Steps(LongFunction<AtomicWord> words) {
      fixture = new RaceFixture(words);
      worker = fixture.process().warm();
    }

    void read() {
      DatastoreHandle unused = worker.held(Operation.READ);
    }

    void judge(II_Result seen) {
      seen.r1 = OperationWord.reads(worker.word());
      seen.r2 = fixture.open();
    }
  }
}
