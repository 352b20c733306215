package io.github.datastorelookup.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.races.RaceFixture.SpinningSync;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Do two concurrent first lookups of a datastore open its files once?
 *
 * <p>Clauses L2, L3, L4; INV-4, INV-6.
 *
 * <p>Yes. The lookup that holds the mutex of the slot opens the files, and the other finds them
 * open. In one wrong version neither the mutex nor the claim of the {@code .lock} excludes a
 * thread. In the other, opening stores the word instead of subtracting its bit, and a count is
 * lost.
 *
 * <p>The damage: closing one of two descriptors of a file drops the record locks that were taken
 * through the other.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=FirstLookups
 * </pre>
 */
@JCStressTest
@Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "Opened once, by one of the two.")
@Outcome(id = "2, 2", expect = FORBIDDEN, desc = "Opened twice.")
@Outcome(id = "[01], [12]", expect = FORBIDDEN, desc = "Not both of them are counted.")
@State
public class FirstLookups {
  private final Steps steps = new Steps(Words::next, new SpinningSync());

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

  /** Mutexes exclude no thread, and a claim takes two steps: look, then take. */
  @JCStressTest
  @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(id = "2, 2", expect = ACCEPTABLE_INTERESTING, desc = "Opened twice.")
  @State
  public static class WithoutMutualExclusion {
    private final Steps steps = new Steps(Words::next, new NonExclusiveSync());

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

  /** What opens the files sets the word. */
  @JCStressTest
  @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "The count of the other is lost.")
  @State
  public static class SetWhenOpened {
    private final Steps steps = new Steps(Words.weakened(Words::setWhenOpened), new SpinningSync());

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

    Steps(LongFunction<AtomicWord> words, JvmSync sync) {
      fixture = new RaceFixture(words);
      worker = fixture.process(sync, UnaryOperator.identity());
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
