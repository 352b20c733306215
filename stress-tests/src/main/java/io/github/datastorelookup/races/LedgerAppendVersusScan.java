package io.github.datastorelookup.races;

import static io.github.datastorelookup.races.RaceFixture.NAME;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.posix.LedgerForRaces;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Does a process that reads the ledger of another see complete entries only?
 *
 * <p>Clauses L2, M2; INV-6.
 *
 * <p>Yes. The owner writes the count of entries with release order once the entry is complete, and
 * readers acquire it. Lookups append and deciders read with the config lock held, and {@code
 * inspect} shares it. This race shows that the entries are safe without that lock. In the wrong
 * version the count comes first. The reader then finds an entry without a name, or a word that says
 * open while no file is.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=LedgerAppendVersusScan
 * </pre>
 */
@WrongVersions(
    weakMemory =
        "Not exercised on weak memory: a count without release order may be seen before its entry, but not on x86. The wrong version moves the store.")
@JCStressTest
@Outcome(id = "0", expect = ACCEPTABLE, desc = "The entry is not there yet.")
@Outcome(id = "1", expect = ACCEPTABLE, desc = "The entry is complete.")
@Outcome(id = "2", expect = FORBIDDEN, desc = "The entry has no name, or no word.")
@State
public class LedgerAppendVersusScan {
  private final Steps steps = new Steps(false);

  /** Appends an entry. */
  @Actor
  public void owner() {
    steps.append();
  }

  /** Reads it, if it is there. */
  @Actor
  public void decider(I_Result seen) {
    seen.r1 = steps.scan();
  }

  /** The entry is counted before it is written. */
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "The entry is not there yet.")
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The entry is complete.")
  @Outcome(id = "2", expect = ACCEPTABLE_INTERESTING, desc = "The entry has no name, or no word.")
  @State
  public static class CountedFirst {
    private final Steps steps = new Steps(true);

    @Actor
    public void owner() {
      steps.append();
    }

    @Actor
    public void decider(I_Result seen) {
      seen.r1 = steps.scan();
    }
  }

  private static final class Steps {
    private final LedgerForRaces ledger =
        new LedgerForRaces(MappedWords.zeros(LedgerForRaces.SIZE));
    private final boolean countFirst;

    Steps(boolean countFirst) {
      this.countFirst = countFirst;
    }

    void append() {
      if (countFirst) {
        ledger.count();
      }
      Spin.shortly();
      ledger.write(NAME);
      Spin.shortly();
      if (!countFirst) {
        ledger.count();
      }
    }

    int scan() {
      Spin.shortly();
      return ledger.entries() == 0 ? 0 : ledger.isComplete(NAME) ? 1 : 2;
    }
  }
}
