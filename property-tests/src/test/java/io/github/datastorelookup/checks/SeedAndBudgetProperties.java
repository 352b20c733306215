package io.github.datastorelookup.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;

/** The budget rules every property that does not say how often it tries. */
@Tag("properties")
final class SeedAndBudgetProperties {
  private static final List<Integer> DRAWN = new ArrayList<>();

  @Property
  void propertyWithoutTries_triesAsTheBudgetSays(@ForAll int number) {
    DRAWN.add(number);
    Explored.add(1);
  }

  @AfterContainer
  static void compare() {
    assertEquals(Budget.current().times(1000), DRAWN.size());
  }
}
