package io.github.datastorelookup.specimens.flaws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.specimens.SpecimenKind;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each flaw shows in the specimens that have it, by its invariant, and in nothing else. */
@Tag("runner")
final class FlawsTest {
  /** Threads are interrupted at most so often, in specimens and library alike. */
  private static final int INTERRUPTIONS = 1;

  static List<Flaw> flaws() {
    return Flaws.all();
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
        assertEquals(
            flaw.invariant() + " broken: " + flaw.message(), found.getMessage(), kind.id());
      } else {
        assertTrue(flaw.explore(kind, INTERRUPTIONS).checks() > 0, kind.id());
      }
      if (flaw.interruptions() > 0) {
        assertTrue(flaw.explore(kind, flaw.interruptions() - 1).checks() > 0, kind.id());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("flaws")
  void scenario_onTheLibrary_comesToItsEnd(Flaw flaw) {
    Flaw.Explored explored = flaw.explore(null, INTERRUPTIONS);
    assertTrue(explored.checks() > 0, "nothing was looked at");
    assertTrue(explored.runs() > flaw.interruptions(), "no race");
    System.out.println(flaw + " " + explored);
  }
}
