package io.github.datastorelookup.verification.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Group;
import net.jqwik.api.Property;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test classes of every temper, for the tests of the layers. */
@Tag("fixture")
final class LayerFixtures {
  private LayerFixtures() {}

  abstract static class Base {
    @Test
    void inherited() {}
  }

  /** Check methods in every form. */
  static final class EveryForm extends Base {
    @Test
    void plain() {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void withParameters(int number) {
      assertEquals(number, number);
    }

    @TestFactory
    Stream<DynamicTest> dynamic() {
      return Stream.of(1, 2).map(n -> DynamicTest.dynamicTest("case " + n, () -> {}));
    }

    @Nested
    final class Inside {
      @Test
      void nested() {}
    }
  }

  /** Properties, one of them in a group. */
  static final class Properties {
    static final List<Integer> DRAWN = new ArrayList<>();

    @Property
    void property(@ForAll int number) {
      DRAWN.add(number);
    }

    @Group
    @SuppressWarnings("ClassCanBeStatic") // jqwik wants its groups so
    final class Inside {
      @Property(tries = 5)
      boolean grouped(@ForAll boolean any) {
        return any || !any;
      }
    }
  }

  static final class UndeclaredSkip {
    @Test
    @Disabled("too slow")
    void skipped() {}

    @Test
    void runs() {}
  }

  static final class DeclaredSkip {
    @Test
    @Disabled("declared: needs two hosts")
    void skipped() {}

    @Test
    void assumes() {
      assumeTrue(DeclaredSkip.class.isInterface(), "declared: needs a mount");
    }

    @Test
    void runs() {}
  }

  static final class UndeclaredAssumption {
    @Test
    void assumes() {
      assumeTrue(UndeclaredAssumption.class.isInterface(), "no such thing here");
    }
  }

  static final class BrokenContainer {
    @BeforeAll
    static void breaks() {
      fail("before all");
    }

    @Test
    void neverBegun() {}
  }

  static final class Failing {
    @Test
    void fails() {
      fail("as it must");
    }

    @Property
    void propertyFails(@ForAll int number) {
      assertEquals(0, number / 100, "too large");
    }
  }
}
