package io.github.datastorelookup.simulation;

import io.github.datastorelookup.weak.Placement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Weak memory, whose sequentially consistent accesses have their fences after. */
@Tag("weak")
class WeakFencesAfterTest {
  @Test
  void scenarios_inTheOrdersOfTheProtocol_keepTheInvariants() {
    WeakScenarios.explore(Placement.AFTER);
  }

  @Test
  void pairs_inTheOrdersOfTheProtocol_keepTheInvariants() {
    WeakScenarios.explorePairs(Placement.AFTER);
  }
}
