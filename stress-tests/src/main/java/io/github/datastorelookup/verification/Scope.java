package io.github.datastorelookup.verification;

import java.util.List;

/**
 * How much less than everything a layer looked at.
 *
 * @param limits what the budget or the machine cut off, such as {@code 38 of 149 mutants}
 * @param leftOut what the caller left out by options; such a run is partial
 */
public record Scope(List<String> limits, List<String> leftOut) {
  /** Everything. */
  public static final Scope WHOLE = new Scope(List.of(), List.of());

  /** Copies the lists. */
  public Scope {
    limits = List.copyOf(limits);
    leftOut = List.copyOf(leftOut);
  }

  /** Everything but what these limits cut off. */
  public static Scope within(List<String> limits) {
    return new Scope(limits, List.of());
  }

  /** What an option left out. */
  public static Scope without(String what) {
    return new Scope(List.of(), List.of(what));
  }
}
