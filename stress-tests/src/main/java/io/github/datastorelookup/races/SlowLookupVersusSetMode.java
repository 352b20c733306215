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
 * Can a decider that set a mode and then counts miss an operation that the mode refuses?
 *
 * <p>Claim (INV-3): no. A slow lookup checks the mode and adds its count within one hold of the
 * config lock (L2), and the decider saves the mode and reads the words within later or earlier
 * ones: so it sees the count, or the lookup sees the mode. The wrong version lacks that edge: the
 * mode is read, saved and counted in between, and the count comes too late. The damage is the one
 * that gave this project its purpose: data are deleted under a running backup.
 *
 * <p>Any hardware with two cores can show it: it is a race of two critical sections, not of memory
 * orders.
 *
 * <p>Run it alone: {@code java -cp <test classpath> org.openjdk.jcstress.Main -t
 * SlowLookupVersusSetMode}
 */
public final class SlowLookupVersusSetMode {
  private SlowLookupVersusSetMode() {}

  /** First whether the writer was granted, then how many writers the decider saw. */
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The lookup came first, and was seen.")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The mode came first, and refused.")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "Checked before the save, counted after it.")
  @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "Refused, but counted.")
  @interface SeenOrRefused {}

  /** The words are on the heap. */
  @JCStressTest
  @JCStressMeta(SeenOrRefused.class)
  @State
  public static class OnHeap {
    private final TwoProcesses machine = new TwoProcesses(HeapWord::new);

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
    private final TwoProcesses machine = new TwoProcesses(MappedWords::next);

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

  /** The weakened twin: the config lock keeps nobody out. It has to show what the others forbid. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The lookup came first, and was seen.")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The mode came first, and refused.")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Checked, then saved, then counted.")
  @State
  public static class WithoutConfigLock {
    private final TwoProcesses machine = TwoProcesses.withoutConfigLockAndSlow(MappedWords::next);

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
