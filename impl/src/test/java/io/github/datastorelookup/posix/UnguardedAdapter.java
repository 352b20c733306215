package io.github.datastorelookup.posix;

/** Breaks a rule of ArchitectureTest. */
public final class UnguardedAdapter {
  private int count;

  /** Without a lock. */
  public int increment() {
    count++;
    return count;
  }
}
