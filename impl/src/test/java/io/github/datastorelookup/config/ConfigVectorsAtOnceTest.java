package io.github.datastorelookup.config;

import static org.junit.jupiter.api.Assertions.assertAll;

import org.junit.jupiter.api.Test;

/**
 * The cases of {@link ConfigVectorsTest} as one: mutation testing starts each case by itself, which
 * takes much longer than the case does.
 */
class ConfigVectorsAtOnceTest {
  @Test
  void parse_ofEachObservedText_doesAsObserved() {
    assertAll(Vectors.all().stream().map(vector -> () -> ConfigVectorsTest.check(vector)));
  }
}
