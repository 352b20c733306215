package io.github.datastorelookup.races;

import static io.github.datastorelookup.races.RaceFixture.NAME;
import static io.github.datastorelookup.races.RaceFixture.PATH;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Does a thread that reads a handle through a data race see it complete?
 *
 * <p>Clause W5; INV-10.
 *
 * <p>Yes. Section, operation and chunk store of a handle are final fields that refer to immutable
 * objects. A thread that reads the reference sees them, and with them the path of the config that
 * granted the handle.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=HandlePublication
 * </pre>
 */
@WrongVersions(
    weakMemory =
        "Not exercised on weak memory: x86 does not show a field that is not final. A rule of ArchitectureTest requires final fields.")
@JCStressTest
@Outcome(id = "0", expect = ACCEPTABLE, desc = "The handle is not there yet.")
@Outcome(id = "1", expect = ACCEPTABLE, desc = "The handle is complete.")
@Outcome(id = "2", expect = FORBIDDEN, desc = "Something of it is missing.")
@State
public class HandlePublication {
  private final RacingProcess worker = new RaceFixture().process().warm();

  @SuppressWarnings("NullAway") // there is none at first
  private DatastoreHandle published; // a plain field, on purpose

  /** Looks up, and publishes the handle. */
  @Actor
  public void owner() {
    published = worker.held(Operation.READ);
  }

  /** Uses it, if it is there. */
  @Actor
  public void stranger(I_Result seen) {
    Spin.shortly();
    seen.r1 = judged(published);
  }

  @SuppressWarnings("NullAway") // on weak memory anything may be missing
  private static int judged(DatastoreHandle handle) {
    if (handle == null) {
      return 0;
    }
    try {
      return handle.name().equals(NAME) && handle.chunkStore().path().equals(PATH) ? 1 : 2;
    } catch (NullPointerException e) {
      return 2;
    }
  }
}
