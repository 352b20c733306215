package io.github.datastorelookup;

import org.jspecify.annotations.Nullable;

/**
 * Proves, before the first effect of a step, that there is enough stack and heap for it: takes more
 * than the step needs, and releases it. So an Error comes while nothing is locked, counted or half
 * closed. Other threads may still use up the heap meanwhile.
 */
final class Headroom {
  /** Frames of 64 bytes in compiled code, of about three times as much in the interpreter. */
  private static final int FRAMES = 1_000;

  private static final int FRAMES_TO_UNDO = 4;

  private static final int BYTES = 32 * 1024;

  /** Shared, so that no compiler leaves the allocation out. */
  @SuppressWarnings("UnusedVariable") // written only
  private static volatile byte @Nullable [] taken;

  private Headroom() {}

  /**
   * Stack for a slow lookup, a save or an eviction.
   *
   * @throws StackOverflowError when there is not enough
   */
  static void requireStack() {
    int unused = descend(FRAMES, "a", "b", "c", "d", "e", "f");
  }

  /**
   * Stack for a count on the warm path and for its undo, which compiled code may give a larger
   * frame. Costs a few nanoseconds.
   *
   * @throws StackOverflowError when there is not enough
   */
  static void requireStackToUndo() {
    int unused = descend(FRAMES_TO_UNDO, "a", "b", "c", "d", "e", "f");
  }

  /**
   * Stack and heap for closing a datastore's files.
   *
   * @throws OutOfMemoryError when there is not enough heap
   */
  static void requireStackAndHeap() {
    requireStack();
    taken = new byte[BYTES];
    taken = null;
  }

  /** All values are used after the call, so that a compiled frame has to keep them. */
  @SuppressWarnings("ReferenceEquality")
  private static int descend(
      int depth, Object a, Object b, Object c, Object d, Object e, Object f) {
    if (depth == 0) {
      return 0;
    }
    int deeper = descend(depth - 1, b, c, d, e, f, a);
    return deeper + (a == b || c == d || e == f ? 1 : 0);
  }
}
