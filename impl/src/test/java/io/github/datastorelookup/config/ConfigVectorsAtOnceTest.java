package io.github.datastorelookup.config;

import static org.junit.jupiter.api.Assertions.assertAll;

import org.junit.jupiter.api.Test;

/**
 * The cases of {@link ConfigVectorsTest} as one: mutation testing starts each case by itself, and
 * starting one takes a hundred times as long as the case.
 */
class ConfigVectorsAtOnceTest {
  @Test
  void parse_ofEachObservedText_doesAsObserved() {
    assertAll(Vectors.all().stream().map(vector -> () -> ConfigVectorsTest.check(vector)));
  }
}
