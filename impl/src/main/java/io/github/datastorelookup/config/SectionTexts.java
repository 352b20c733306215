package io.github.datastorelookup.config;

import java.util.Arrays;

/**
 * Where the text of each section stands in the file that was read, so that a later read can tell by
 * comparing bytes which sections did not change.
 *
 * <p>A text goes from the first byte of the header to the end of the last property, without the
 * line feed there: whatever follows (an empty line, the end of the file) is not the section's.
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

  /** Whether the text of {@code section} stands in {@code other} at {@code at} and ends there. */
  boolean recurs(int section, byte[] other, int at) {
    int end = at + length(section);
    // With a line feed behind it a final CR is no part of the line, without one it is: both alike.
    return end <= other.length
        && (end == other.length) == (ends[section] == bytes.length)
        && Arrays.equals(bytes, starts[section], ends[section], other, at, end)
        && endsAt(other, end);
  }

  /** Whether a section can end at {@code end}; false in doubt, which only costs time. */
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

  /** Collects the places while a file is read. */
  static final class Builder {
    private int[] starts;
    private int[] ends;
    private int[] lineCounts;

    Builder(int expected) {
      starts = new int[expected];
      ends = new int[expected];
      lineCounts = new int[expected];
    }

    /** Notes the place of {@code section}, which is a known one or the next. */
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
