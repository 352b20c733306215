package io.github.datastorelookup.specimens.flaws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.simulation.Explorer;
import io.github.datastorelookup.specimens.SpecimenKind;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each flaw shows in the specimens that have it, by its invariant, and in nothing else. */
@Tag("runner")
final class FlawsTest {
  /** No flaw needs more to show in the specimens. */
  private static final int INTERRUPTIONS_IN_SMOKE = 3;

  /** Held here, as loggers that nobody holds forget their levels. */
  private static final Logger LOGGER = Logger.getLogger("io.github.datastorelookup");

  @BeforeAll
  static void thousandsOfRuns_areNoNews() {
    LOGGER.setLevel(Level.OFF);
  }

  @AfterAll
  static void othersAre() {
    LOGGER.setLevel(null);
  }

  static List<Flaw> flaws() {
    return Flaws.ALL;
  }

  @ParameterizedTest
  @MethodSource("flaws")
  void scenario_onTheSpecimens_breaksItsInvariant(Flaw flaw) {
    for (SpecimenKind kind : SpecimenKind.values()) {
      if (flaw.in().contains(kind)) {
        InvariantViolation found =
            assertThrows(
                InvariantViolation.class,
                () -> flaw.explore(kind, flaw.interruptions()),
                kind.id());
        assertEquals(flaw.invariant(), found.invariant(), kind.id());
        assertEquals(flaw.shown(), found.getMessage(), kind.id());
      } else {
        assertTrue(flaw.explore(kind, flaw.interruptions()).checks() > 0, kind.id());
      }
      if (flaw.interruptions() > 0) {
        assertTrue(flaw.explore(kind, flaw.interruptions() - 1).checks() > 0, kind.id());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("flaws")
  void scenario_onTheLibrary_comesToItsEnd(Flaw flaw) {
    assertTrue(flaw.interruptions() <= INTERRUPTIONS_IN_SMOKE, "too few in smoke");
    boolean all = Budget.current() != Budget.SMOKE;
    Flaw.FlawSearch explored = flaw.explore(null, all ? Explorer.ALL : INTERRUPTIONS_IN_SMOKE);
    assertTrue(!all || explored.result().cutOff() == 0, "not all schedules");
    assertTrue(explored.checks() > 0, "nothing was looked at");
    assertTrue(explored.result().runs() > flaw.interruptions(), "no race");
  }
}
