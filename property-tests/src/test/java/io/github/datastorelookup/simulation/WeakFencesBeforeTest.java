package io.github.datastorelookup.simulation;

import io.github.datastorelookup.weak.Placement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Weak memory, whose sequentially consistent accesses have their fences before. */
@Tag("weak")
class WeakFencesBeforeTest {
  @Test
  void scenarios_inTheOrdersOfTheProtocol_keepTheInvariants() {
    WeakScenarios.explore(Placement.BEFORE);
  }

  @Test
  void pairs_inTheOrdersOfTheProtocol_keepTheInvariants() {
    WeakScenarios.explorePairs(Placement.BEFORE);
  }
}
