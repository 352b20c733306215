package io.github.datastorelookup.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What happened in a run, step by step. Keeps nothing unless it is told to. */
public final class Trace {
  /** Not in a thread of the simulation: before and after the race. */
  public static final int NO_THREAD = -1;

  /** Waits for a mutex, or for time to pass. */
  public static final String WAITS = "waits";

  /** Waited long enough; behind it the simulated time. */
  public static final String GOES_ON = "goes on at ";

  /** What an event is. */
  public enum Kind {
    /** A command begins. */
    BEGIN,
    /** A command ends, with its answer. */
    END,
    /** A scheduling point, with what came of it. */
    STEP,
    /** A step that only this thread can see: nobody is interrupted there. */
    HEAP,
    /** Another thread goes on from here, and why. */
    SWITCH,
    /** Anything else. */
    NOTE
  }

  /**
   * An event.
   *
   * @param thread whose, or {@link #NO_THREAD}
   * @param result what came of it; null if it has none (yet)
   */
  public record Event(int thread, Kind kind, String what, @Nullable String result) {}

  private final boolean keeps;
  private final List<Event> events = new ArrayList<>();
  private final List<Object> before = new ArrayList<>();
  private @Nullable Supplier<?> observer;

  /** A trace that keeps its events, or forgets them. */
  public Trace(boolean keeps) {
    this.keeps = keeps;
  }

  /** From now on keeps beside each event how this says that the world was just before it. */
  public void observe(Supplier<?> world) {
    observer = world;
    events.forEach(event -> before.add(world.get())); // too late for these: the world of now
  }

  /** Adds an event. */
  public void add(int thread, Kind kind, String what, @Nullable Object result) {
    if (keeps) {
      if (observer != null) {
        before.add(observer.get());
      }
      events.add(new Event(thread, kind, what, result == null ? null : describe(result)));
    }
  }

  /** What came of the last step of this thread. */
  void result(int thread, @Nullable Object result) {
    for (int i = events.size() - 1; i >= 0; i--) {
      Event event = events.get(i);
      boolean step = event.kind() == Kind.STEP || event.kind() == Kind.HEAP;
      if (event.thread() == thread && step) {
        events.set(i, new Event(thread, event.kind(), event.what(), describe(result)));
        return;
      }
    }
  }

  private static String describe(@Nullable Object result) {
    return result instanceof byte[] bytes ? bytes.length + " bytes" : String.valueOf(result);
  }

  boolean keeps() {
    return keeps;
  }

  /** What the observer said before each event. */
  public List<Object> before() {
    return List.copyOf(before);
  }

  /** All events, the oldest first. */
  public List<Event> events() {
    return List.copyOf(events);
  }
}
