package io.github.datastorelookup.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The events of a run, step by step. Keeps nothing unless asked to. */
public final class Trace {
  /** Not in a thread of the simulation: before and after the race. */
  public static final int NO_THREAD = -1;

  /** Waits for a mutex, or for time to pass. */
  public static final String WAITS = "waits";

  /** Waited long enough; followed by the simulated time. */
  public static final String GOES_ON = "goes on at ";

  /** The kind of an event. */
  public enum Kind {
    /** A command begins. */
    BEGIN,
    /** A command ends, with its answer. */
    END,
    /** A scheduling point, with its result. */
    STEP,
    /** A step that only this thread can see: the scheduler never interrupts there. */
    HEAP,
    /** Another thread continues from here, and why. */
    SWITCH,
    /** Anything else. */
    NOTE
  }

  /**
   * An event.
   *
   * @param thread its thread, or {@link #NO_THREAD}
   * @param result the result; null if there is none (yet)
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

  /** From now on keeps, for each event, the world just before it, as this supplier shows it. */
  public void observe(Supplier<?> world) {
    observer = world;
    events.forEach(event -> before.add(world.get())); // too late for these: the current world
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

  /** Sets the result of the last step of this thread. */
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

  /** The observer's view before each event. */
  public List<Object> before() {
    return List.copyOf(before);
  }

  /** All events, the oldest first. */
  public List<Event> events() {
    return List.copyOf(events);
  }
}
