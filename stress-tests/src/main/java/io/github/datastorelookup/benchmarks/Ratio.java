package io.github.datastorelookup.benchmarks;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A figure that has a target.
 *
 * @param name what is divided by what; the last word says which side of the target is good
 * @param ratio as measured
 * @param target what it should be
 * @param met whether it is
 */
@JsonPropertyOrder({"name", "ratio", "target", "met"})
record Ratio(String name, double ratio, double target, boolean met) {

  static Ratio atMost(String name, double ratio, double target) {
    return new Ratio(name + ", at most", ratio, target, ratio <= target);
  }

  static Ratio atLeast(String name, double ratio, double target) {
    return new Ratio(name + ", at least", ratio, target, ratio >= target);
  }

  @JsonIgnore
  String verdict() {
    return met ? "met" : "MISSED";
  }
}
