package io.github.datastorelookup.verification;

import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One part of a run that several machines share: {@code -Dshard=2/5} is the second of five.
 *
 * <p>Every check belongs to exactly one shard. Neighbours belong to different ones, as they tend to
 * take equally long.
 *
 * @param index from 1
 * @param count how many there are; 1 is a whole run
 */
public record Shard(int index, int count) {
  /** A whole run. */
  public static final Shard WHOLE = new Shard(1, 1);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

  /** Checks the numbers. */
  public Shard {
    if (index < 1 || index > count) {
      throw new IllegalArgumentException("shard=" + index + "/" + count + ", expected 1/n to n/n");
    }
  }

  /** The shard that {@code -Dshard} names for this JVM. */
  static Shard current() {
    String text = System.getProperty("shard", "");
    return text.isEmpty() ? WHOLE : parse(text);
  }

  /**
   * Reads {@code i/n}.
   *
   * @throws IllegalArgumentException when the text is anything else
   */
  static Shard parse(String text) {
    Matcher numbers = TEXT.matcher(text);
    if (!numbers.matches()) {
      throw new IllegalArgumentException("shard=" + text + ", expected i/n, such as 2/5");
    }
    return new Shard(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)));
  }

  /** Whether there are other shards. */
  public boolean sharedOut() {
    return count > 1;
  }

  /** The part of a plan that belongs to this shard; may be empty. */
  NavigableSet<String> of(NavigableSet<String> plan) {
    NavigableSet<String> share = new TreeSet<>();
    int at = 0;
    for (String each : plan) {
      if (at++ % count == index - 1) {
        share.add(each);
      }
    }
    return share;
  }

  @Override
  public String toString() {
    return index + "/" + count;
  }
}
