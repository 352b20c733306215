package io.github.datastorelookup.checks;

import java.util.Locale;

/** How much effort a run spends; {@code -Dbudget=smoke|default|tough}. */
public enum Budget {
  /** Minutes: on each push. */
  SMOKE(1),
  /** Half an hour: each night. */
  DEFAULT(10),
  /** Hours, on many machines. */
  TOUGH(100);

  private final int factor;

  Budget(int factor) {
    this.factor = factor;
  }

  /** The budget of this JVM: system property {@code budget}, smoke when there is none. */
  public static Budget current() {
    return parse(System.getProperty("budget", "smoke"));
  }

  /**
   * The budget of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Budget parse(String name) {
    for (Budget budget : values()) {
      if (budget.toString().equals(name)) {
        return budget;
      }
    }
    throw new IllegalArgumentException("budget=" + name + ", expected smoke, default or tough");
  }

  /** The amount for this budget, given that of the smoke budget. */
  public int times(int smoke) {
    return smoke * factor;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
