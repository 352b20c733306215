package io.github.datastorelookup.simulation;

import io.github.datastorelookup.port.Ticker;
import io.github.datastorelookup.simulation.Trace.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs threads one at a time. A thread hands over at {@link #point}, when it waits, and when it
 * ends; all state of the simulation is handed over with it.
 *
 * <p>Simulated time passes only while all threads wait for it, or by {@link #passTime}.
 */
public final class Scheduler implements Ticker {
  private final Schedule schedule;
  private final Trace trace;
  private final List<SimulatedThread> threads = new ArrayList<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final List<Integer> choices = new ArrayList<>();

  /** Owners that only one thread can reach: no other thread can observe an interruption there. */
  private final Set<Object> unshared = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Fingerprint before = new Fingerprint();
  private final StepBound outside = new StepBound();
  private Runnable afterEachStep = () -> {};
  private Consumer<Fingerprint> world = state -> {};
  private @Nullable Runnable kill;
  private Memory memory = new Memory() {};
  private volatile boolean over;
  private long heap;
  private long now;
  private int points;
  private int switches;
  private boolean stopped;

  /** A scheduler for one run. */
  public Scheduler(Schedule schedule, Trace trace) {
    this.schedule = schedule;
    this.trace = trace;
  }

  /** Sets the check that runs between any two steps; it checks what must always hold. */
  public void afterEachStep(Runnable check) {
    afterEachStep = check;
  }

  /** Sets what adds all shared state but the heaps of the processes to a fingerprint. */
  public void world(Consumer<Fingerprint> state) {
    world = state;
  }

  /** Sets how memory behaves; by default all accesses are in one order. */
  public void memory(Memory behaviour) {
    memory = behaviour;
  }

  /** How memory behaves. */
  public Memory memory() {
    return memory;
  }

  /** Lets the schedule choose this kill, once, instead of a step of a thread. */
  public void mayKill(Runnable killer) {
    kill = killer;
  }

  /** Only one thread uses what belongs to this owner. */
  public void unshared(Object owner) {
    unshared.add(owner);
  }

  /** Adds a thread; call before {@link #run}. Threads are numbered from 0. */
  public void thread(Runnable program) {
    thread("", program);
  }

  /** The same; {@code role} says what it does, for readers. */
  public void thread(String role, Runnable program) {
    SimulatedThread thread = new SimulatedThread(threads.size(), role, program);
    threads.add(thread);
    trace.thread(thread.name());
  }

  private void runTurns(SimulatedThread thread) {
    thread.begin();
    try {
      awaitTurn(thread);
      thread.program.run();
    } catch (Killed e) {
      trace.add(thread.number, Kind.NOTE, "is dead", null);
    } catch (Throwable e) {
      fail(e);
    }
    thread.done();
    passOn();
    thread.end();
  }

  private void awaitTurn(SimulatedThread thread) {
    thread.baton.await();
    requireOn();
  }

  private void requireOn() {
    if (over) {
      throw new Killed();
    }
  }

  /**
   * Runs all threads to their ends.
   *
   * @throws Stuck when they do not end
   */
  public void run() {
    SimulatedThreadPool.Shift shift =
        SimulatedThreadPool.start(
            threads.stream().<Runnable>map(each -> () -> runTurns(each)).toList());
    try {
      handTo(choose(null));
    } catch (Killed e) { // stopped before it began
    }
    shift.join();
    Throwable thrown = failure.get();
    if (thrown instanceof Error error) {
      throw error;
    } else if (thrown != null) {
      throw new AssertionError("a thread failed", thrown);
    }
  }

  /**
   * A scheduling point, just before this access. Outside of {@link #run} no other thread runs.
   *
   * @param owner the target of the access; {@link #unshared} owners cause no decision
   */
  void point(String what, Object owner) {
    SimulatedThread thread = SimulatedThread.current();
    if (thread == null) {
      outside.step();
      afterEachStep.run();
      trace.add(Trace.NO_THREAD, kind(owner), what, null);
      return;
    }
    requireOn();
    guard(afterEachStep);
    guard(thread.bound::step);
    points++;
    thread.seen.add(what);
    if (kind(owner) == Kind.STEP) {
      handOver(thread);
    }
    trace.add(thread.number, kind(owner), what, null);
  }

  private Kind kind(Object owner) {
    return unshared.contains(owner) ? Kind.HEAP : Kind.STEP;
  }

  /** The result of this thread's last point: all that it can learn about other threads. */
  void saw(@Nullable Object result, @Nullable Object shown) {
    picked(result);
    if (trace.keeps()) {
      SimulatedThread thread = SimulatedThread.current();
      trace.result(thread == null ? Trace.NO_THREAD : thread.number, shown);
    }
  }

  /** This thread draws a number, or picks something, that depends on other threads. */
  public void picked(@Nullable Object what) {
    SimulatedThread thread = SimulatedThread.current();
    Fingerprint unused = (thread == null ? before : thread.seen).addValue(what);
  }

  /**
   * A number that stands in {@link Schedule.Decision#state} for what the calling thread makes or
   * writes now: both are functions of all that the thread has seen so far.
   */
  public long stamp() {
    SimulatedThread thread = SimulatedThread.current();
    return (thread == null ? before : thread.seen).add(1).value();
  }

  /** An object on a heap changed from the state of one stamp to that of another. */
  void heapChanged(long from, long to) {
    heap += to - from;
  }

  /** A command of the calling thread begins, and has to end within a bound of steps. */
  public void begins(String command) {
    SimulatedThread thread = SimulatedThread.current();
    (thread == null ? outside : thread.bound).begins(command);
    note(Kind.BEGIN, command, null);
  }

  /** A scheduling point before something from outside of all processes happens. */
  public void outsideEvent(String what) {
    point(what, this);
  }

  /** Adds a line to the trace. */
  public void note(Kind kind, String line, @Nullable Object result) {
    if (!over) {
      SimulatedThread thread = SimulatedThread.current();
      trace.add(thread == null ? Trace.NO_THREAD : thread.number, kind, line, result);
    }
  }

  /**
   * Lets the schedule choose the value that the access of the calling thread reads.
   *
   * @param values how many there are
   * @return a number below {@code values}; 0 is the newest value, and the only one outside of the
   *     race
   */
  public int chooseValue(int values) {
    SimulatedThread thread = SimulatedThread.current();
    if (thread == null || values == 1) {
      return 0;
    }
    requireOn();
    List<Integer> all = new ArrayList<>(values);
    for (int value = 0; value < values; value++) {
      all.add(Schedule.NEWEST + value);
    }
    return decide(new Moment(thread.number, all, -1, () -> state(-2 - thread.number, values)))
        - Schedule.NEWEST;
  }

  /** The value that the calling thread reads in this step is not the newest one. */
  public void old(String why) {
    if (trace.keeps()) {
      trace.old(why);
    }
  }

  /** The number of the calling thread; {@link Trace#NO_THREAD} outside of the race. */
  public int currentThread() {
    SimulatedThread thread = SimulatedThread.current();
    return thread == null ? Trace.NO_THREAD : thread.number;
  }

  /** How many threads there are. */
  public int threadCount() {
    return threads.size();
  }

  /** Runs a check; in a simulated thread the first failure ends the run, and all checks. */
  void guard(Runnable check) {
    if (SimulatedThread.current() != null) {
      requireOn();
    }
    try {
      check.run();
    } catch (AssertionError e) {
      if (SimulatedThread.current() == null) {
        throw e;
      }
      fail(e);
      throw new Killed();
    }
  }

  /** Lets this thread sleep until the time is over. */
  public void sleep(long nanos) {
    Object nothing = new Object();
    boolean unused = await(nothing, nanos, nothing);
  }

  /**
   * Waits until {@link #wake} for this object, or until this many nanoseconds are over.
   *
   * @param owner the owner of the object; {@link #wake} for it wakes the thread as well
   */
  boolean await(Object what, long nanos, Object owner) {
    SimulatedThread thread = SimulatedThread.current();
    if (thread == null) {
      if (nanos == Long.MAX_VALUE) {
        throw new Stuck("the only thread waits for itself");
      }
      passTime(nanos); // no other thread can wake this one
      return false;
    }
    thread.waitFor(what, owner, nanos == Long.MAX_VALUE ? nanos : now + nanos);
    trace.add(thread.number, Kind.HEAP, Trace.WAITS, null);
    handOver(thread);
    if (trace.keeps()) {
      trace.add(thread.number, Kind.HEAP, Trace.GOES_ON + now, null);
    }
    return thread.awake(now);
  }

  /** Interrupts a thread. It wakes if it waits by {@link #awaitUnlessInterrupted}. */
  public void interrupt(int number) {
    if (number < threads.size()) {
      point("interrupt", threads.get(number));
      threads.get(number).interrupt();
    }
  }

  /** Whether the calling thread is interrupted; in a simulation nothing else clears that. */
  boolean interrupted() {
    SimulatedThread thread = SimulatedThread.current();
    return thread != null && thread.isInterrupted();
  }

  /** Sets or clears the interrupt flag of the calling thread; returns whether it was set. */
  boolean interrupted(boolean now) {
    SimulatedThread thread = SimulatedThread.current();
    return thread != null && thread.interrupted(now);
  }

  /**
   * As {@link #await}, but an interrupt ends it too.
   *
   * @throws InterruptedException when the thread is or becomes interrupted; its flag stays set
   */
  boolean awaitUnlessInterrupted(Object what, long nanos, Object owner)
      throws InterruptedException {
    SimulatedThread thread = SimulatedThread.current();
    if (thread == null) {
      return await(what, nanos, owner);
    }
    requireNotInterrupted();
    thread.interruptible(true);
    boolean inTime = await(what, nanos, owner);
    thread.interruptible(false);
    requireNotInterrupted();
    return inTime;
  }

  /** Throws if the calling thread is interrupted. */
  void requireNotInterrupted() throws InterruptedException {
    if (interrupted()) {
      throw new InterruptedException();
    }
  }

  /** Wakes all threads that wait for this object, or for anything of this owner. */
  void wake(Object whatOrWhose) {
    threads.forEach(thread -> thread.wake(whatOrWhose));
  }

  private void handOver(SimulatedThread thread) {
    SimulatedThread next = choose(thread);
    if (next != thread) {
      switches++;
      String why = thread.canRun() ? " is interrupted" : " waits";
      trace.add(next.number, Kind.SWITCH, thread + why, null);
      handTo(next);
      awaitTurn(thread);
    }
  }

  private void passOn() {
    if (!over && threads.stream().anyMatch(w -> !w.isDone())) {
      try {
        handTo(choose(null));
      } catch (Stuck e) {
        fail(e);
      } catch (Killed e) { // stopped
      }
    }
  }

  private void handTo(SimulatedThread next) {
    next.baton.pass();
  }

  private SimulatedThread choose(@Nullable SimulatedThread current) {
    while (true) {
      List<Integer> able = able(current);
      if (able.isEmpty()) {
        return wokenByTime();
      }
      Runnable killer = kill;
      if (killer != null) {
        able.add(threads.size());
      }
      int choice = able.size() == 1 ? able.get(0) : decide(moment(current, able));
      if (killer == null || choice != threads.size()) {
        return threads.get(choice);
      }
      kill = null;
      killer.run();
    }
  }

  private int decide(Moment moment) {
    int choice = schedule.choose(moment);
    if (choice == Schedule.STOP) {
      stopped = true;
      end();
      throw new Killed();
    }
    choices.add(choice);
    return choice;
  }

  /** The threads that can run, the current one first. */
  private List<Integer> able(@Nullable SimulatedThread current) {
    List<Integer> able = new ArrayList<>(threads.size() + 1);
    if (current != null && current.canRun()) {
      able.add(current.number);
    }
    for (SimulatedThread thread : threads) {
      if (thread != current && thread.canRun()) {
        able.add(thread.number);
      }
    }
    return able;
  }

  private SimulatedThread wokenByTime() {
    SimulatedThread first = null;
    for (SimulatedThread thread : threads) {
      boolean sleeps = !thread.isDone() && thread.wakesAt() != Long.MAX_VALUE;
      if (sleeps && (first == null || thread.wakesAt() < first.wakesAt())) {
        first = thread;
      }
    }
    if (first == null) {
      throw new Stuck("deadlock: " + describe());
    }
    passTime(Math.max(0, first.wakesAt() - now));
    first.wakeByTime();
    return first;
  }

  private String describe() {
    StringBuilder all = new StringBuilder();
    for (SimulatedThread thread : threads) {
      all.append(thread).append(thread.isDone() ? " ended; " : " waits; ");
    }
    return all.toString();
  }

  private void fail(Throwable e) {
    failure.compareAndSet(null, e);
    end();
  }

  private void end() {
    over = true;
    threads.forEach(thread -> thread.baton.pass());
  }

  /** A decision. */
  private record Moment(int current, List<Integer> choices, int kill, LongSupplier fingerprint)
      implements Schedule.Decision {
    @Override
    public boolean kills(int choice) {
      return choice == kill;
    }

    @Override
    public long state() {
      return fingerprint.getAsLong();
    }
  }

  private Moment moment(@Nullable SimulatedThread thread, List<Integer> able) {
    int current = thread != null && thread.canRun() ? thread.number : -1;
    return new Moment(current, able, threads.size(), () -> state(current, able.size()));
  }

  private long state(int current, int choices) {
    Fingerprint state = new Fingerprint().add(now).add(heap).add(current).add(choices);
    threads.forEach(thread -> thread.addTo(state));
    world.accept(state);
    memory.addTo(state);
    return state.value();
  }

  @Override
  public long nanoTime() {
    return now;
  }

  /** Lets time pass for all threads. */
  public void passTime(long nanos) {
    now += nanos;
    if (nanos > 0) {
      memory.timePasses();
    }
  }

  /** The trace of the run. */
  public Trace trace() {
    return trace;
  }

  /** How many scheduling points were passed. */
  public int points() {
    return points;
  }

  /** The choice at each decision. */
  public List<Integer> choices() {
    return choices;
  }

  /** How often the scheduler switched to another thread. */
  public int switches() {
    return switches;
  }

  /** Whether the schedule stopped the run. */
  public boolean stopped() {
    return stopped;
  }
}
