package io.github.datastorelookup.simulation;

import org.jspecify.annotations.Nullable;

/** A thread of the simulation: its turn, what it waits for, and what it has seen. */
final class SimulatedThread {
  private static final ThreadLocal<SimulatedThread> CURRENT = new ThreadLocal<>();

  final int number;
  final Runnable program;
  final Baton baton = new Baton();

  /** All that its accesses returned, in order: what it does next follows from it. */
  final Fingerprint seen = new Fingerprint();

  private @Nullable Object waitsFor;
  private @Nullable Object owner;
  private long wakesAt = Long.MAX_VALUE;
  private boolean done;

  SimulatedThread(int number, Runnable program) {
    this.number = number;
    this.program = program;
  }

  /** The simulated thread that calls, or null for a thread from outside. */
  static @Nullable SimulatedThread current() {
    return CURRENT.get();
  }

  /** The calling thread is this one now. */
  void begin() {
    CURRENT.set(this);
  }

  /** It has ended; the thread that it was may become another one. */
  void end() {
    CURRENT.remove();
  }

  void done() {
    done = true;
    seen.add("done");
  }

  boolean isDone() {
    return done;
  }

  boolean canRun() {
    return !done && waitsFor == null;
  }

  /** Waits for this object, at most until then. */
  void waitFor(Object what, Object whose, long until) {
    waitsFor = what;
    owner = whose;
    wakesAt = until;
    seen.add("waits");
  }

  /** Goes on if it waits for this, or for anything of this owner. */
  void wake(Object whatOrWhose) {
    if (waitsFor == whatOrWhose || owner == whatOrWhose) {
      waitsFor = null;
    }
  }

  /** Goes on because its time has come. */
  void wakeByTime() {
    waitsFor = null;
  }

  /** When it wakes by itself; {@link Long#MAX_VALUE} for never. */
  long wakesAt() {
    return wakesAt;
  }

  /** It has gone on; tells whether somebody woke it before its time was over. */
  boolean awake(long now) {
    boolean inTime = wakesAt > now;
    wakesAt = Long.MAX_VALUE;
    seen.addValue(inTime);
    return inTime;
  }

  /** Adds what decides how it goes on. */
  void addTo(Fingerprint state) {
    state.add(seen.value()).add(wakesAt).add(waitsFor == null ? 0 : 1);
  }

  @Override
  public String toString() {
    return "T" + (number + 1);
  }
}
