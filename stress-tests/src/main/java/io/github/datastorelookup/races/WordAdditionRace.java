package io.github.datastorelookup.races;

import static io.github.datastorelookup.port.OperationWord.READ;
import static io.github.datastorelookup.port.OperationWord.WRITE;

import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.OperationWord;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Do two counts that are added at once both survive?
 *
 * <p>Claim: operations enter the word by one atomic addition, so neither is lost. A version that
 * reads the word and stores the sum loses one, on any hardware with two cores: the decider then
 * sees an idle word while an operation runs (INV-6).
 *
 * <p>Run it alone: {@code java -cp <test classpath> org.openjdk.jcstress.Main -t WordAdditionRace}
 */
@JCStressTest
@State
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Both counts are in the word.")
@Outcome(id = "1, 0", expect = Expect.FORBIDDEN, desc = "The reader stored over the writer's.")
@Outcome(id = "0, 1", expect = Expect.FORBIDDEN, desc = "The writer stored over the reader's.")
public class WordAdditionRace {
  private final AtomicWord word = new HeapWord(0);

  /** Adds one READ. */
  @Actor
  public void reader() {
    word.getAndAdd(READ);
  }

  /** Adds one WRITE. */
  @Actor
  public void writer() {
    word.getAndAdd(WRITE);
  }

  /** Sees what is left of both. */
  @Arbiter
  public void decider(II_Result seen) {
    seen.r1 = OperationWord.reads(word.get());
    seen.r2 = OperationWord.writes(word.get());
  }
}
