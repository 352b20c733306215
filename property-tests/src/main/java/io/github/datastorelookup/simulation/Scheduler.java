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
import org.jspecify.annotations.Nullable;

/**
 * Runs threads one at a time. A thread hands over at {@link #point}, when it waits, and when it
 * ends; all state of the simulation is handed over with it.
 *
 * <p>Simulated time passes only while all threads wait for it, or by {@link #passTime}.
 */
public final class Scheduler implements Ticker {
  private static final int MOST_POINTS = 100_000;

  private final Schedule schedule;
  private final Trace trace;
  private final List<Worker> workers = new ArrayList<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final List<Integer> choices = new ArrayList<>();

  /** What only one thread can reach: whether it is interrupted there is nobody's business. */
  private final Set<Object> unshared = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Fingerprint before = new Fingerprint();
  private Runnable afterEachStep = () -> {};
  private Consumer<Fingerprint> world = state -> {};
  private @Nullable Runnable kill;
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

  /** Has this called between any two steps; it checks what must always hold. */
  public void afterEachStep(Runnable check) {
    afterEachStep = check;
  }

  /** What adds all shared state but the heaps of the processes to a fingerprint. */
  public void world(Consumer<Fingerprint> state) {
    world = state;
  }

  /** Lets the schedule choose, once, that this is done instead of a step of a thread. */
  public void mayKill(Runnable killer) {
    kill = killer;
  }

  /** Only one thread uses what belongs to this owner. */
  public void unshared(Object owner) {
    unshared.add(owner);
  }

  /** Adds a thread; before {@link #run}. Threads are numbered from 0. */
  public void thread(Runnable program) {
    workers.add(new Worker(workers.size(), program));
  }

  /** A thread of the simulation. */
  private final class Worker implements Runnable {
    private final int number;
    private final Runnable program;
    private final Baton baton = new Baton();
    private final Fingerprint seen = new Fingerprint();
    private @Nullable Object waitsFor;
    private @Nullable Object owner;
    private long wakesAt = Long.MAX_VALUE;
    private boolean done;

    Worker(int number, Runnable program) {
      this.number = number;
      this.program = program;
    }

    @Override
    public void run() {
      CURRENT.set(this);
      try {
        awaitTurn();
        program.run();
      } catch (Killed e) {
        trace.add(number, Kind.NOTE, "is dead", null);
      } catch (Throwable e) {
        fail(e);
      }
      done = true;
      seen.add("done");
      passOn();
      CURRENT.remove();
    }

    private void awaitTurn() {
      baton.await();
      requireOn();
    }

    private boolean canRun() {
      return !done && waitsFor == null;
    }
  }

  private static final ThreadLocal<Worker> CURRENT = new ThreadLocal<>();

  /** The thread of this simulation that calls, or null for one from outside. */
  private static @Nullable Worker current() {
    return CURRENT.get();
  }

  private void requireOn() {
    if (over) {
      throw new Killed();
    }
  }

  /**
   * Runs all threads to their ends.
   *
   * @throws Stuck when they do not come to an end
   */
  public void run() {
    Crew.Shift shift = Crew.start(workers);
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
   * A scheduling point, just before this access. Outside of {@link #run} nobody else can go on.
   *
   * @param owner what the access is to; {@link #unshared} owners are no reason for a decision
   */
  void point(String what, Object owner) {
    Worker worker = current();
    if (worker == null) {
      afterEachStep.run();
      trace.add(Trace.NO_THREAD, Kind.STEP, what, null);
      return;
    }
    requireOn();
    guard(afterEachStep);
    if (++points > MOST_POINTS) {
      fail(new Stuck("no end after " + MOST_POINTS + " steps"));
      throw new Killed();
    }
    worker.seen.add(what);
    boolean seenByOthers = !unshared.contains(owner);
    if (seenByOthers) {
      handOver(worker);
    }
    trace.add(worker.number, seenByOthers ? Kind.STEP : Kind.HEAP, what, null);
  }

  /** What came of the last point of this thread. All that it can know of others is told here. */
  void saw(@Nullable Object result, @Nullable Object shown) {
    picked(result);
    if (trace.keeps()) {
      Worker worker = current();
      trace.result(worker == null ? Trace.NO_THREAD : worker.number, shown);
    }
  }

  /** This thread draws a number, or picks something, that depends on what others did. */
  public void picked(@Nullable Object what) {
    Worker worker = current();
    Fingerprint unused = (worker == null ? before : worker.seen).addValue(what);
  }

  /**
   * A number for what the calling thread makes or writes now: a function of all that it has seen so
   * far, as that thing is, so it stands for it in {@link Schedule.Decision#state}.
   */
  long stamp() {
    Worker worker = current();
    return (worker == null ? before : worker.seen).add(1).value();
  }

  /** Something on a heap changed from what one stamp stands for to another. */
  void heapChanged(long from, long to) {
    heap += to - from;
  }

  /** Adds a line to the trace. */
  public void note(Kind kind, String line, @Nullable Object result) {
    if (!over) {
      Worker worker = current();
      trace.add(worker == null ? Trace.NO_THREAD : worker.number, kind, line, result);
    }
  }

  /** Runs a check; in a simulated thread its first failure ends the run, whatever comes after. */
  void guard(Runnable check) {
    try {
      check.run();
    } catch (AssertionError e) {
      if (current() == null) {
        throw e;
      }
      fail(e);
      throw new Killed();
    }
  }

  /** Lets this thread sleep; as {@link #await}, for nothing. */
  public void sleep(long nanos) {
    Object nothing = new Object();
    boolean unused = await(nothing, nanos, nothing);
  }

  /**
   * Waits until {@link #wake} for this object, or until so many nanoseconds are over.
   *
   * @param owner whose {@link #wakeAllOf} wakes it as well
   */
  boolean await(Object what, long nanos, Object owner) {
    Worker worker = current();
    if (worker == null) {
      if (nanos == Long.MAX_VALUE) {
        throw new Stuck("the only thread waits for itself");
      }
      passTime(nanos); // nobody else is there to wake us
      return false;
    }
    worker.waitsFor = what;
    worker.owner = owner;
    worker.wakesAt = nanos == Long.MAX_VALUE ? nanos : now + nanos;
    worker.seen.add("waits");
    trace.add(worker.number, Kind.HEAP, Trace.WAITS, null);
    handOver(worker);
    if (trace.keeps()) {
      trace.add(worker.number, Kind.HEAP, Trace.GOES_ON + now, null);
    }
    boolean inTime = worker.wakesAt > now;
    worker.wakesAt = Long.MAX_VALUE;
    worker.seen.addValue(inTime);
    return inTime;
  }

  /** Lets all that wait for this object go on. */
  void wake(Object what) {
    for (Worker worker : workers) {
      if (worker.waitsFor == what) {
        worker.waitsFor = null;
      }
    }
  }

  /** Lets all threads of this owner go on. */
  void wakeAllOf(Object owner) {
    for (Worker worker : workers) {
      if (worker.waitsFor != null && worker.owner == owner) {
        worker.waitsFor = null;
      }
    }
  }

  private void handOver(Worker worker) {
    Worker next = choose(worker);
    if (next != worker) {
      switches++;
      String why = worker.canRun() ? " is interrupted" : " waits";
      trace.add(next.number, Kind.SWITCH, "T" + (worker.number + 1) + why, null);
      handTo(next);
      worker.awaitTurn();
    }
  }

  private void passOn() {
    if (!over && workers.stream().anyMatch(w -> !w.done)) {
      try {
        handTo(choose(null));
      } catch (Stuck e) {
        fail(e);
      } catch (Killed e) { // stopped
      }
    }
  }

  private void handTo(Worker next) {
    next.baton.pass();
  }

  private Worker choose(@Nullable Worker current) {
    while (true) {
      List<Integer> able = able(current);
      if (able.isEmpty()) {
        return wokenByTime();
      }
      Runnable killer = kill;
      if (killer != null) {
        able.add(workers.size());
      }
      int choice = able.size() == 1 ? able.get(0) : decide(new Moment(current, able));
      if (killer == null || choice != workers.size()) {
        return workers.get(choice);
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

  /** Who can run, the current thread first. */
  private List<Integer> able(@Nullable Worker current) {
    List<Integer> able = new ArrayList<>(workers.size() + 1);
    if (current != null && current.canRun()) {
      able.add(current.number);
    }
    for (Worker worker : workers) {
      if (worker != current && worker.canRun()) {
        able.add(worker.number);
      }
    }
    return able;
  }

  private Worker wokenByTime() {
    Worker first = null;
    for (Worker worker : workers) {
      boolean sleeps = !worker.done && worker.wakesAt != Long.MAX_VALUE;
      if (sleeps && (first == null || worker.wakesAt < first.wakesAt)) {
        first = worker;
      }
    }
    if (first == null) {
      throw new Stuck("deadlock: " + describe());
    }
    now = Math.max(now, first.wakesAt);
    first.waitsFor = null;
    return first;
  }

  private String describe() {
    StringBuilder all = new StringBuilder();
    for (Worker worker : workers) {
      all.append('T').append(worker.number + 1).append(worker.done ? " ended; " : " waits; ");
    }
    return all.toString();
  }

  private void fail(Throwable e) {
    failure.compareAndSet(null, e);
    end();
  }

  private void end() {
    over = true;
    workers.forEach(worker -> worker.baton.pass());
  }

  /** A decision. */
  private final class Moment implements Schedule.Decision {
    private final @Nullable Worker current;
    private final List<Integer> able;

    Moment(@Nullable Worker current, List<Integer> able) {
      this.current = current;
      this.able = able;
    }

    @Override
    public int current() {
      return current != null && current.canRun() ? current.number : -1;
    }

    @Override
    public List<Integer> choices() {
      return able;
    }

    @Override
    public boolean kills(int choice) {
      return choice == workers.size();
    }

    @Override
    public long state() {
      Fingerprint state = new Fingerprint().add(now).add(heap).add(current()).add(able.size());
      for (Worker worker : workers) {
        state.add(worker.seen.value()).add(worker.wakesAt);
        state.add(worker.waitsFor == null ? 0 : 1);
      }
      world.accept(state);
      return state.value();
    }
  }

  @Override
  public long nanoTime() {
    return now;
  }

  /** Lets time pass for everybody. */
  public void passTime(long nanos) {
    now += nanos;
  }

  /** What happened. */
  public Trace trace() {
    return trace;
  }

  /** How many scheduling points were passed. */
  public int points() {
    return points;
  }

  /** What was chosen at each decision. */
  public List<Integer> choices() {
    return choices;
  }

  /** How often another thread went on. */
  public int switches() {
    return switches;
  }

  /** Whether the schedule stopped the run. */
  public boolean stopped() {
    return stopped;
  }
}
