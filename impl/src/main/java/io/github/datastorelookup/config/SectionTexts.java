package io.github.datastorelookup.config;

import java.util.Arrays;

/**
 * The position of each section's text in a parsed file. A later parse compares bytes to find the
 * sections that did not change.
 *
 * <p>A text runs from the first byte of the header to the end of the last property, without the
 * line feed after it. The empty line or the end of the file that follows is not part of the
 * section.
 */
final class SectionTexts {
  private final byte[] bytes;
  private final int[] starts;
  private final int[] ends;
  private final int[] lineCounts;

  private SectionTexts(byte[] bytes, int[] starts, int[] ends, int[] lineCounts) {
    this.bytes = bytes;
    this.starts = starts;
    this.ends = ends;
    this.lineCounts = lineCounts;
  }

  int size() {
    return starts.length;
  }

  int length(int section) {
    return ends[section] - starts[section];
  }

  int lineCount(int section) {
    return lineCounts[section];
  }

  /** Whether {@code other} has the text of {@code section} at {@code at}, and it ends there. */
  boolean recurs(int section, byte[] other, int at) {
    int end = at + length(section);
    // A final CR belongs to the line unless a line feed follows it: both ends must be alike.
    return end <= other.length
        && (end == other.length) == (ends[section] == bytes.length)
        && Arrays.equals(bytes, starts[section], ends[section], other, at, end)
        && endsAt(other, end);
  }

  /** Whether a section can end at {@code end}; false if in doubt, which only costs time. */
  private static boolean endsAt(byte[] text, int end) {
    if (end == text.length) {
      return true;
    }
    if (text[end] != '\n') {
      return false;
    }
    int i = end + 1;
    while (i < text.length && (text[i] == ' ' || text[i] == '\t' || text[i] == '\r')) {
      i++;
    }
    return i == text.length || text[i] == '\n';
  }

  /** Collects the positions during a parse. */
  static final class Builder {
    private int[] starts;
    private int[] ends;
    private int[] lineCounts;

    Builder(int expected) {
      starts = new int[expected];
      ends = new int[expected];
      lineCounts = new int[expected];
    }

    /** Records the position of {@code section}, which is a known section or the next one. */
    void put(int section, int start, int end, int lineCount) {
      if (section == starts.length) {
        int capacity = Math.max(16, 2 * section);
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
        lineCounts = Arrays.copyOf(lineCounts, capacity);
      }
      starts[section] = start;
      ends[section] = end;
      lineCounts[section] = lineCount;
    }

    SectionTexts build(byte[] bytes, int size) {
      return new SectionTexts(
          bytes,
          Arrays.copyOf(starts, size),
          Arrays.copyOf(ends, size),
          Arrays.copyOf(lineCounts, size));
    }
  }
}
