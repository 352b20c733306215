package io.github.datastorelookup.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * INV-1 and INV-2: the oldest version of a text that a lookup may still use. That is the newest
 * whose save had returned when the lookup began; a manual edit counts once it is a TTL old. The
 * versions ascend in the order of time.
 */
public final class Freshness {
  private final long ttlNanos;
  private final List<Edit> edits = new ArrayList<>();
  private Floor saved = new Floor(0, "INV-1", "the beginning");

  /**
   * The oldest version that may be used.
   *
   * @param invariant the invariant that rules out those before it
   * @param since what ruled them out, for the message
   */
  public record Floor(long first, String invariant, Object since) {
    @Override
    public String toString() {
      return invariant + ":" + first;
    }
  }

  private record Edit(long version, long at, Object told) {}

  /** Manual edits have to be seen this long after they were made. */
  public Freshness(long ttlNanos) {
    this.ttlNanos = ttlNanos;
  }

  /** A save of this version, or a lookup that saw it, has returned. */
  public void returned(long version, Object told) {
    if (version > saved.first()) {
      saved = new Floor(version, "INV-1", told);
    }
  }

  /** The newest version that a save or a lookup returned. */
  public long returned() {
    return saved.first();
  }

  /** A manual edit was complete at this time. */
  public void edited(long version, long at, Object told) {
    edits.add(new Edit(version, at, told));
  }

  /** The floor of a lookup that begins now. */
  public Floor floor(long now) {
    for (int i = edits.size() - 1; i >= 0 && edits.get(i).version() > saved.first(); i--) {
      Edit edit = edits.get(i);
      if (now - edit.at() >= ttlNanos) {
        return new Floor(edit.version(), "INV-2", edit.told());
      }
    }
    return saved;
  }
}
