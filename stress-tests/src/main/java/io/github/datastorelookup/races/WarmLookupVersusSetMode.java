package io.github.datastorelookup.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.memory.HeapWord;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Can a decider that set a mode and then counts miss a warm lookup, which takes no lock?
 *
 * <p>Claim (INV-3): no. The lookup adds its count (W3) and then reads the generation again (W4);
 * the decider bumps the generation (S3) and then reads the words (M3). All four are sequentially
 * consistent, so of the two at least one sees the other: Dekker's handshake. The wrong version does
 * not read again; it is granted by a mode that is no more, and the decider has counted already.
 *
 * <p>Without sequential consistency the handshake fails on x86 as well: a store may be delayed past
 * a later load. Here both stores are atomic additions, which x86 does not delay.
 *
 * <p>Run it alone: {@code java -cp <test classpath> org.openjdk.jcstress.Main -t
 * WarmLookupVersusSetMode}
 */
public final class WarmLookupVersusSetMode {
  private WarmLookupVersusSetMode() {}

  /** First whether the writer was granted, then how many writers the decider saw. */
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The lookup came first, and was seen.")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The mode came first, and refused.")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Each saw the other: the count was undone.")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "Granted, and not counted.")
  @interface SeenOrRefused {}

  /** The words are on the heap. */
  @JCStressTest
  @JCStressMeta(SeenOrRefused.class)
  @State
  public static class OnHeap {
    private final TwoProcesses machine = TwoProcesses.warm(HeapWord::new);

    /** Looks up to write. */
    @Actor
    public void writer(II_Result seen) {
      seen.r1 = machine.lookup();
    }

    /** Sets the mode, then reads the words. */
    @Actor
    public void decider(II_Result seen) {
      seen.r2 = machine.setModeThenCount();
    }
  }

  /** The words are in a mapped file, as between real processes. */
  @JCStressTest
  @JCStressMeta(SeenOrRefused.class)
  @State
  public static class Mapped {
    private final TwoProcesses machine = TwoProcesses.warm(MappedWords::next);

    /** Looks up to write. */
    @Actor
    public void writer(II_Result seen) {
      seen.r1 = machine.lookup();
    }

    /** Sets the mode, then reads the words. */
    @Actor
    public void decider(II_Result seen) {
      seen.r2 = machine.setModeThenCount();
    }
  }

  /** The weakened twin: the generation is not read again. It has to show what the others forbid. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The lookup came first, and was seen.")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The mode came first, and refused.")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The count was undone.")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Granted by a mode that is no more.")
  @State
  public static class WithoutRereading {
    private final TwoProcesses machine = TwoProcesses.warmWithoutRereading(MappedWords::next);

    /** Looks up to write. */
    @Actor
    public void writer(II_Result seen) {
      seen.r1 = machine.lookup();
    }

    /** Sets the mode, then reads the words. */
    @Actor
    public void decider(II_Result seen) {
      seen.r2 = machine.setModeThenCount();
    }
  }
}
