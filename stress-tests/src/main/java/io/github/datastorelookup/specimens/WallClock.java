package io.github.datastorelookup.specimens;

/** The clock on the wall, which people and programs set forward and back. */
@FunctionalInterface
public interface WallClock {
  /** Seconds since 1970. */
  long epochSeconds();

  /** The clock of this machine. */
  static WallClock system() {
    return () -> Math.floorDiv(System.currentTimeMillis(), 1000L);
  }
}
