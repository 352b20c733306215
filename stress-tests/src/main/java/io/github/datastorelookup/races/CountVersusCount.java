package io.github.datastorelookup.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.OperationWord;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Do two concurrent counts both survive?
 *
 * <p>Clauses W3, L2; INV-6.
 *
 * <p>Yes. An operation enters the word by one atomic addition. The wrong version reads the word and
 * stores the sum, which loses one count on any hardware with two cores. A decider then sees an idle
 * word while an operation runs.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=CountVersusCount
 * </pre>
 */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Both counts are in the word.")
@Outcome(id = "1, 0", expect = FORBIDDEN, desc = "The reader stored over the writer's.")
@Outcome(id = "0, 1", expect = FORBIDDEN, desc = "The writer stored over the reader's.")
@State
public class CountVersusCount {
  private final Steps steps = new Steps(UnaryOperator.identity());

  /** Adds one READ. */
  @Actor
  public void reader() {
    steps.add(OperationWord.READ);
  }

  /** Adds one WRITE. */
  @Actor
  public void writer() {
    steps.add(OperationWord.WRITE);
  }

  /** Sees what is left of both. */
  @Arbiter
  public void afterwards(II_Result seen) {
    steps.judge(seen);
  }

  /** The sum is computed, and then stored. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The reader stored over the writer's.")
  @Outcome(
      id = "0, 1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The writer stored over the reader's.")
  @State
  public static class WrittenBack {
    private final Steps steps = new Steps(Words::writtenBack);

    @Actor
    public void reader() {
      steps.add(OperationWord.READ);
    }

    @Actor
    public void writer() {
      steps.add(OperationWord.WRITE);
    }

    @Arbiter
    public void afterwards(II_Result seen) {
      steps.judge(seen);
    }
  }

  private static final class Steps {
    private final AtomicWord word;

    Steps(UnaryOperator<AtomicWord> weaken) {
      word = weaken.apply(Words.next(0));
    }

    void add(long unit) {
      long unused = word.getAndAdd(unit);
    }

    void judge(II_Result seen) {
      seen.r1 = OperationWord.reads(word.get());
      seen.r2 = OperationWord.writes(word.get());
    }
  }
}
