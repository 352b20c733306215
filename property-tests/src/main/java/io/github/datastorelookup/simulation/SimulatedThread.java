package io.github.datastorelookup.simulation;

import org.jspecify.annotations.Nullable;

/** A thread of the simulation: its turn, what it waits for, and what it has seen. */
final class SimulatedThread {
  private static final ThreadLocal<SimulatedThread> CURRENT = new ThreadLocal<>();

  final int number;
  private final String name;
  final Runnable program;
  final Baton baton = new Baton();
  final StepBound bound = new StepBound();

  /** All results of its accesses, in order: they determine what it does next. */
  final Fingerprint seen = new Fingerprint();

  private @Nullable Object waitsFor;
  private @Nullable Object owner;
  private long wakesAt = Long.MAX_VALUE;
  private boolean done;
  private boolean interrupted;
  private boolean interruptible;

  /** {@code role} says what it does: which process it belongs to. */
  SimulatedThread(int number, String role, Runnable program) {
    this.number = number;
    this.name = this + (role.isEmpty() ? "" : " (" + role + ")");
    this.program = program;
  }

  /** The simulated thread that calls, or null for any other thread. */
  static @Nullable SimulatedThread current() {
    return CURRENT.get();
  }

  /** Makes the calling thread this one, with its name for debuggers. */
  void begin() {
    CURRENT.set(this);
    Thread.currentThread().setName(name);
  }

  /** Frees the calling thread, which may become another one. */
  void end() {
    CURRENT.remove();
    Thread.currentThread().setName(SimulatedThreadPool.IDLE);
  }

  /** Its number and its role, such as {@code T1 (p0)}. */
  String name() {
    return name;
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

  /** Lets it continue if it waits for this, or for anything of this owner. */
  void wake(Object whatOrWhose) {
    if (waitsFor == whatOrWhose || owner == whatOrWhose) {
      waitsFor = null;
    }
  }

  /** Lets it continue because its time has come. */
  void wakeByTime() {
    waitsFor = null;
  }

  /** Sets its interrupt flag, and ends its wait if it is {@link #interruptible}. */
  void interrupt() {
    interrupted = true;
    if (interruptible) {
      waitsFor = null;
    }
  }

  boolean isInterrupted() {
    seen.addValue(interrupted); // it decides how the thread continues
    return interrupted;
  }

  /** Sets or clears its interrupt flag; returns whether it was set. */
  boolean interrupted(boolean now) {
    boolean before = isInterrupted();
    interrupted = now;
    return before;
  }

  void interruptible(boolean now) {
    interruptible = now;
  }

  /** When it wakes by itself; {@link Long#MAX_VALUE} for never. */
  long wakesAt() {
    return wakesAt;
  }

  /** Ends its wait; returns whether another thread woke it before its time was over. */
  boolean awake(long now) {
    boolean inTime = wakesAt > now;
    wakesAt = Long.MAX_VALUE;
    seen.addValue(inTime);
    return inTime;
  }

  /** Adds the state that decides how it continues. */
  void addTo(Fingerprint state) {
    state.add(seen.value()).add(wakesAt).add(waitsFor == null ? 0 : 1);
    if (interrupted) {
      state.add("interrupted");
    }
  }

  @Override
  public String toString() {
    return "T" + (number + 1);
  }
}
