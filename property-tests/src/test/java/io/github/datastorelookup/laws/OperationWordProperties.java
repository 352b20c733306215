package io.github.datastorelookup.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.port.OperationWord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** The laws of the word's arithmetic: fields never reach into each other. */
@Tag("properties")
class OperationWordProperties {
  private static final int MAX = (1 << 30) - 1;

  private static final Pattern DESCRIBED =
      Pattern.compile("reads=(\\d+) writes=(\\d+)( CLOSING)?( CLOSED)?");

  private static long word(int reads, int writes, boolean closing, boolean closed) {
    return reads * OperationWord.READ
        + writes * OperationWord.WRITE
        + (closing ? OperationWord.CLOSING : 0)
        + (closed ? OperationWord.CLOSED : 0);
  }

  @Property
  void anyCountsAndBits_areReadAsTheyWereAdded(
      @ForAll @IntRange(max = MAX) int reads,
      @ForAll @IntRange(max = MAX) int writes,
      @ForAll boolean closing,
      @ForAll boolean closed) {
    long word = word(reads, writes, closing, closed);
    assertEquals(reads, OperationWord.reads(word));
    assertEquals(writes, OperationWord.writes(word));
    assertEquals(!closing && !closed, OperationWord.open(word));
    assertEquals(reads + writes == 0, OperationWord.idle(word));
    assertEquals(reads >= OperationWord.LIMIT, OperationWord.full(word, OperationWord.READ));
    assertEquals(writes >= OperationWord.LIMIT, OperationWord.full(word, OperationWord.WRITE));
  }

  @Property
  void describe_ofAnyWord_tellsAllOfIt(
      @ForAll @IntRange(max = MAX) int reads,
      @ForAll @IntRange(max = MAX) int writes,
      @ForAll boolean closing,
      @ForAll boolean closed) {
    long word = word(reads, writes, closing, closed);
    Matcher told = DESCRIBED.matcher(OperationWord.describe(word));
    assertTrue(told.matches(), () -> OperationWord.describe(word));
    assertEquals(
        word,
        word(
            Integer.parseInt(told.group(1)),
            Integer.parseInt(told.group(2)),
            told.group(3) != null,
            told.group(4) != null));
  }

  /** Counts and undone counts of many threads, in any order that none of them goes before. */
  @Property
  void countsAddedAndTakenBack_inAnyOrder_leaveTheWordOfBefore(
      @ForAll @IntRange(max = OperationWord.LIMIT) int reads,
      @ForAll @IntRange(max = OperationWord.LIMIT) int writes,
      @ForAll boolean closed,
      @ForAll List<Boolean> kinds) {
    long before = word(reads, writes, false, closed);
    List<Long> units = new ArrayList<>();
    for (boolean read : kinds) {
      units.add(read ? OperationWord.READ : OperationWord.WRITE);
    }
    long word = before;
    for (long unit : units) {
      word += unit;
    }
    int added = (int) kinds.stream().filter(read -> read).count();
    assertEquals(reads + added, OperationWord.reads(word));
    assertEquals(writes + kinds.size() - added, OperationWord.writes(word));
    assertEquals(!closed, OperationWord.open(word));
    Collections.shuffle(units, new Random(kinds.hashCode()));
    for (long unit : units) {
      word -= unit;
    }
    assertEquals(before, word);
  }

  /** Opening and closing while others count: L4, L6, L7, E1. */
  @Property
  void bitsSetAndCleared_whileOthersCount_leaveTheCounts(
      @ForAll @IntRange(max = OperationWord.LIMIT) int reads,
      @ForAll @IntRange(max = OperationWord.LIMIT) int writes) {
    long closed = word(reads, writes, false, true);
    long open = closed - OperationWord.CLOSED;
    long closing = open | OperationWord.CLOSING;
    assertEquals(closed, closing + (OperationWord.CLOSED - OperationWord.CLOSING));
    assertEquals(open, closing - OperationWord.CLOSING);
    assertTrue(OperationWord.open(open));
    for (long word : new long[] {closed, open, closing}) {
      assertEquals(reads, OperationWord.reads(word));
      assertEquals(writes, OperationWord.writes(word));
    }
  }
}
