package io.github.datastorelookup.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.OperationWord;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Can a count and a bump miss each other if each thread writes before it reads?
 *
 * <p>Clauses W3, W4, S3, M3; INV-3.
 *
 * <p>No. All four accesses are sequentially consistent, so at least one thread sees the other
 * (Dekker's handshake). This race reduces {@link WarmLookupVersusSetMode} to its accesses, which
 * makes it much faster. The wrong versions count, or bump, with a release store. Such a store may
 * be delayed past a later load, on x86 as well, and both threads read the old values.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=CountVersusBump
 * </pre>
 */
@WrongVersions(
    weakMemory =
        "Not exercised on weak memory: a weaker read may come early, but not on x86. The simulator moves the read: mutant warm-lookup-reads-again-before-it-counts.")
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The lookup counted first, and was seen.")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The bump came first, and was seen.")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Each saw the other.")
@Outcome(id = "0, 0", expect = FORBIDDEN, desc = "Neither saw the other: granted, and not counted.")
@State
public class CountVersusBump {
  private final Steps steps = new Steps(UnaryOperator.identity(), UnaryOperator.identity());

  /** Counts, then reads the generation. */
  @Actor
  public void lookup(II_Result seen) {
    steps.count(seen);
  }

  /** Bumps, then reads the word. */
  @Actor
  public void decider(II_Result seen) {
    steps.bump(seen);
  }

  /** What both wrong versions show. */
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The lookup counted first, and was seen.")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The bump came first, and was seen.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Each saw the other.")
  @Outcome(
      id = "0, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Both stores were delayed past the loads.")
  public static final class StoreDelayed {
    private StoreDelayed() {}
  }

  /** The count is read, and written back with release order. */
  @JCStressTest
  @JCStressMeta(StoreDelayed.class)
  @State
  public static class WithReleaseCount {
    private final Steps steps = new Steps(Words::storedWithRelease, UnaryOperator.identity());

    @Actor
    public void lookup(II_Result seen) {
      steps.count(seen);
    }

    @Actor
    public void decider(II_Result seen) {
      steps.bump(seen);
    }
  }

  /** The bump is read, and written back with release order. */
  @JCStressTest
  @JCStressMeta(StoreDelayed.class)
  @State
  public static class WithReleaseBump {
    private final Steps steps = new Steps(UnaryOperator.identity(), Words::storedWithRelease);

    @Actor
    public void lookup(II_Result seen) {
      steps.count(seen);
    }

    @Actor
    public void decider(II_Result seen) {
      steps.bump(seen);
    }
  }

  private static final class Steps {
    private final AtomicWord word;
    private final AtomicWord generation;

    Steps(UnaryOperator<AtomicWord> weaken, UnaryOperator<AtomicWord> weakenGeneration) {
      word = weaken.apply(Words.next(0));
      generation = weakenGeneration.apply(Words.next(0));
    }

    /** W3, W4. */
    void count(II_Result seen) {
      long unused = word.getAndAdd(OperationWord.WRITE);
      seen.r2 = (int) generation.get();
    }

    /** S3, M3. */
    void bump(II_Result seen) {
      long unused = generation.getAndAdd(1);
      seen.r1 = OperationWord.writes(word.get());
    }
  }
}
