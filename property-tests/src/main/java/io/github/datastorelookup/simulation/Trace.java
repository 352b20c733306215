package io.github.datastorelookup.simulation;

import io.github.datastorelookup.DatastoreRegistry;
import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
   * @param lines where {@code Protocol.java} made the access, the innermost call first; empty if it
   *     did not
   */
  public record Event(
      int thread, Kind kind, String what, @Nullable String result, List<Integer> lines) {}

  /** The class that calls the library. */
  private static final String CALLERS =
      DatastoreRegistry.class.getPackageName() + ".oracle.CommandRunner";

  private static final String PROTOCOL = DatastoreRegistry.class.getPackageName() + ".Protocol";

  /** A reference to an object that has no text of its own; as a part of a record it is left out. */
  private static final Pattern NAMELESS =
      Pattern.compile("(?:\\w+=)?(?:[a-z]\\w*\\.)+([\\w$/]+)@[0-9a-f]+(?:, )?");

  private static final Pattern DIGEST = Pattern.compile("([0-9a-f]{8})[0-9a-f]{56}");

  private final boolean keeps;
  private final boolean located;
  private final List<Event> events = new ArrayList<>();
  private final List<String> threads = new ArrayList<>();
  private final List<Object> before = new ArrayList<>();
  private @Nullable Supplier<?> observer;
  private String old = "";

  /** A trace that keeps its events, or forgets them. */
  public Trace(boolean keeps) {
    this(keeps, keeps);
  }

  /**
   * The same; {@code located} says whether its steps have their lines, which takes as long again.
   */
  public Trace(boolean keeps, boolean located) {
    this.keeps = keeps;
    this.located = located;
  }

  /** From now on keeps, for each event, the world just before it, as this supplier shows it. */
  public void observe(Supplier<?> world) {
    observer = world;
    events.forEach(event -> before.add(world.get())); // too late for these: the current world
  }

  /** Adds the name of the next thread. */
  public void thread(String name) {
    threads.add(name);
  }

  /** Adds an event. */
  public void add(int thread, Kind kind, String what, @Nullable Object result) {
    if (keeps) {
      if (observer != null) {
        before.add(observer.get());
      }
      boolean access = located && (kind == Kind.STEP || kind == Kind.HEAP);
      String shown = result == null ? null : describe(result);
      events.add(new Event(thread, kind, what, shown, access ? lines() : List.of()));
    }
  }

  /** Where {@code Protocol.java} makes what is made now, the innermost call first. */
  public static List<Integer> lines() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .takeWhile(frame -> !frame.getClassName().startsWith(CALLERS))
                    .filter(frame -> frame.getClassName().equals(PROTOCOL))
                    .map(StackFrame::getLineNumber)
                    .toList());
  }

  /** The result that comes next is an old value, for this reason. */
  void old(String why) {
    old = " (old: " + why + ")";
  }

  /** Sets the result of the last step of this thread. */
  void result(int thread, @Nullable Object result) {
    for (int i = events.size() - 1; i >= 0; i--) {
      Event event = events.get(i);
      boolean step = event.kind() == Kind.STEP || event.kind() == Kind.HEAP;
      if (event.thread() == thread && step) {
        String shown = describe(result) + old;
        old = "";
        events.set(i, new Event(thread, event.kind(), event.what(), shown, event.lines()));
        return;
      }
    }
  }

  private static String describe(@Nullable Object result) {
    if (result instanceof byte[] bytes) {
      return bytes.length + " bytes";
    } else if (result == null || result instanceof String) {
      return String.valueOf(result);
    }
    String text = result.toString();
    Matcher nameless = NAMELESS.matcher(text);
    String named =
        nameless.matches() ? nameless.group(1) : nameless.replaceAll("").replace(", ]", "]");
    return DIGEST.matcher(named).replaceAll("$1");
  }

  boolean keeps() {
    return keeps;
  }

  /** The observer's view before each event. */
  public List<Object> before() {
    return List.copyOf(before);
  }

  /** The names of the threads, in order. */
  public List<String> threads() {
    return List.copyOf(threads);
  }

  /** All events, the oldest first. */
  public List<Event> events() {
    return List.copyOf(events);
  }
}
