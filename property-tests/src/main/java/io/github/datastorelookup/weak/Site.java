package io.github.datastorelookup.weak;

import io.github.datastorelookup.weak.Order.Access;
import java.util.Comparator;

/**
 * An access of the protocol to shared memory.
 *
 * @param clause the step of the protocol that makes it
 * @param place what is accessed
 * @param access what is done to it
 */
public record Site(String clause, String place, Access access) implements Comparable<Site> {
  private static final String CHAPTERS = "WLRDESTMCKO";

  /** By chapter, as in the protocol. */
  private static final Comparator<Site> ORDER =
      Comparator.comparing(
              (Site site) -> site.clause.isEmpty() ? 99 : CHAPTERS.indexOf(site.clause.charAt(0)))
          .thenComparing(Site::clause)
          .thenComparing(Site::place)
          .thenComparing(Site::access);

  /** The site that {@link #toString} wrote. */
  public static Site parse(String text) {
    String[] parts = text.split(" ", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("site=" + text + ", expected: W4 generation load");
    }
    return new Site(
        parts[0], parts[1], Access.valueOf(parts[2].toUpperCase(java.util.Locale.ROOT)));
  }

  @Override
  public int compareTo(Site other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return clause + " " + place + " " + access.name().toLowerCase(java.util.Locale.ROOT);
  }
}
