package io.github.datastorelookup.simulation;

import io.github.datastorelookup.port.Ticker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs threads one at a time. A thread hands over at {@link #point}, when it waits, and when it
 * ends; all state of the simulation is handed over with it.
 *
 * <p>Simulated time passes only while all threads wait for it, or by {@link #passTime}.
 */
public final class Scheduler implements Ticker {
  private static final int SPINS_BEFORE_PARKING = 200;
  private static final int MOST_POINTS = 100_000;

  private final Schedule schedule;
  private Runnable afterEachStep = () -> {};
  private final List<Worker> workers = new ArrayList<>();
  private final List<String> trace = new ArrayList<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile @Nullable Worker running;
  private volatile boolean over;
  private long now;
  private int points;
  private final List<Integer> choices = new ArrayList<>();
  private int switches;
  private int killPoint;
  private Runnable kill = () -> {};

  /** A scheduler for one run. */
  public Scheduler(Schedule schedule) {
    this.schedule = schedule;
  }

  /** Has this called between any two steps; it checks what must always hold. */
  public void afterEachStep(Runnable check) {
    afterEachStep = check;
  }

  /** Has this run at the scheduling point of this number, counted from 1 over all threads. */
  public void killAt(int point, Runnable killer) {
    killPoint = point;
    kill = killer;
  }

  /** A thread of the simulation. */
  private final class Worker extends Thread {
    private final Runnable program;
    private @Nullable Object waitsFor;
    private @Nullable Object owner;
    private long wakesAt = Long.MAX_VALUE;
    private boolean done;

    Worker(String name, Runnable program) {
      super(name);
      this.program = program;
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        awaitTurn();
        program.run();
      } catch (Killed e) {
        note(getName() + ": is dead");
      } catch (Throwable e) {
        fail(e);
      }
      done = true;
      passOn();
    }

    @SuppressWarnings("ThreadPriorityCheck") // yields a while before it parks: ten times as fast
    private void awaitTurn() {
      for (int spins = 0; running != this; spins++) {
        if (over) {
          throw new Killed();
        }
        if (spins < SPINS_BEFORE_PARKING) {
          Thread.yield();
        } else {
          LockSupport.park(this);
        }
      }
    }

    private boolean canRun() {
      return !done && waitsFor == null;
    }
  }

  /** Adds a thread; before {@link #run}. */
  public void thread(String name, Runnable program) {
    workers.add(new Worker(name, program));
  }

  /**
   * Runs all threads to their ends.
   *
   * @throws Stuck when they do not come to an end
   */
  public void run() {
    workers.forEach(Thread::start);
    handTo(choose(null));
    for (Worker worker : workers) {
      join(worker);
    }
    Throwable thrown = failure.get();
    if (thrown instanceof Error error) {
      throw error;
    } else if (thrown != null) {
      throw new AssertionError("a thread failed", thrown);
    }
  }

  private static void join(Worker worker) {
    try {
      worker.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a simulation runs", e);
    }
  }

  /** A scheduling point, just before this access. Outside of {@link #run} nobody else can go on. */
  void point(String what) {
    if (!(Thread.currentThread() instanceof Worker worker)) {
      note(what);
      afterEachStep.run();
      return;
    }
    if (over) {
      throw new Killed();
    }
    guard(afterEachStep);
    if (++points > MOST_POINTS) {
      fail(new Stuck("no end after " + MOST_POINTS + " steps"));
      throw new Killed();
    }
    if (points == killPoint) {
      kill.run();
    }
    handOver(worker);
    note(worker.getName() + ": " + what);
  }

  /** Adds a line to the trace. */
  public void note(String line) {
    if (!over) {
      trace.add(line);
    }
  }

  /** Runs a check; in a simulated thread its first failure ends the run, whatever comes after. */
  void guard(Runnable check) {
    try {
      check.run();
    } catch (AssertionError e) {
      if (!(Thread.currentThread() instanceof Worker)) {
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
    if (!(Thread.currentThread() instanceof Worker worker)) {
      if (nanos == Long.MAX_VALUE) {
        throw new Stuck("the only thread waits for itself");
      }
      passTime(nanos); // nobody else is there to wake us
      return false;
    }
    worker.waitsFor = what;
    worker.owner = owner;
    worker.wakesAt = nanos == Long.MAX_VALUE ? nanos : now + nanos;
    handOver(worker);
    boolean inTime = worker.wakesAt > now;
    worker.wakesAt = Long.MAX_VALUE;
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

  private void handOver(Worker current) {
    Worker next = choose(current);
    if (next != current) {
      switches++;
      handTo(next);
      current.awaitTurn();
    }
  }

  private void passOn() {
    if (!over && workers.stream().anyMatch(w -> !w.done)) {
      try {
        handTo(choose(null));
      } catch (Stuck e) {
        fail(e);
      }
    }
  }

  private Worker choose(@Nullable Worker current) {
    List<Worker> able = able(current);
    if (able.isEmpty()) {
      Worker first =
          workers.stream()
              .filter(w -> !w.done && w.wakesAt != Long.MAX_VALUE)
              .min(Comparator.comparingLong(w -> w.wakesAt))
              .orElseThrow(() -> new Stuck("deadlock: " + describe()));
      now = Math.max(now, first.wakesAt);
      first.waitsFor = null;
      return first;
    }
    if (able.size() == 1) {
      return able.get(0);
    }
    choices.add(able.size());
    return able.get(schedule.choose(able.size()));
  }

  /** Who can run, the current thread first. */
  private List<Worker> able(@Nullable Worker current) {
    List<Worker> able = new ArrayList<>();
    if (current != null && current.canRun()) {
      able.add(current);
    }
    for (Worker worker : workers) {
      if (worker != current && worker.canRun()) {
        able.add(worker);
      }
    }
    return able;
  }

  private String describe() {
    StringBuilder all = new StringBuilder();
    for (Worker worker : workers) {
      all.append(worker.getName()).append(worker.done ? " ended; " : " waits; ");
    }
    return all.toString();
  }

  private void handTo(Worker next) {
    running = next;
    LockSupport.unpark(next);
  }

  private void fail(Throwable e) {
    failure.compareAndSet(null, e);
    over = true;
    workers.forEach(LockSupport::unpark);
  }

  @Override
  public long nanoTime() {
    return now;
  }

  /** Lets time pass for everybody. */
  public void passTime(long nanos) {
    now += nanos;
  }

  /** What happened, a line for each step. */
  public List<String> trace() {
    return trace;
  }

  /** How many scheduling points were passed. */
  public int points() {
    return points;
  }

  /** How many threads could go on at each point at which the schedule was asked. */
  public List<Integer> choices() {
    return choices;
  }

  /** How often another thread went on. */
  public int switches() {
    return switches;
  }
}
