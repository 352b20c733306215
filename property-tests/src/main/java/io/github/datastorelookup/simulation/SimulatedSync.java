package io.github.datastorelookup.simulation;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.port.Sync;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state that the threads of one simulated process share. Every access is a scheduling point.
 */
final class SimulatedSync implements Sync {
  private static final Set<String> MAP_READS =
      Set.of(
          "get",
          "getOrDefault",
          "containsKey",
          "isEmpty",
          "size",
          "values",
          "keySet",
          "entrySet",
          "forEach");

  private final Scheduler scheduler;
  private final Runnable requireAlive;
  private final Consumer<String> mayWait;
  private final Map<Thread, Integer> slotMutexes = new HashMap<>();
  private @Nullable AssertionError loggedTooEarly;

  SimulatedSync(Scheduler scheduler, Runnable requireAlive, Consumer<String> mayWait) {
    this.scheduler = scheduler;
    this.requireAlive = requireAlive;
    this.mayWait = mayWait;
  }

  private void point(String what) {
    if (loggedTooEarly != null) {
      throw loggedTooEarly; // the library survives what its logger throws
    }
    requireAlive.run(); // a dead thread unwinds at once
    scheduler.point(what, this);
    requireAlive.run();
  }

  @Override
  public Mutex newMutex(String name) {
    return new SimulatedMutex(name);
  }

  @Override
  public <T> VolatileRef<T> newVolatileRef(String name, @Nullable T initial) {
    return new SimulatedVolatileRef<>(name, initial);
  }

  @SuppressWarnings("unchecked") // the proxy is made for exactly this interface
  @Override
  public <K, V> ConcurrentMap<K, V> newMap(String name) {
    ConcurrentMap<K, V> map = // in the order of the names: a run must not depend on hash codes
        new ConcurrentSkipListMap<>(Comparator.comparing(String::valueOf));
    Stamped stamped = new Stamped();
    return (ConcurrentMap<K, V>)
        Proxy.newProxyInstance(
            SimulatedSync.class.getClassLoader(),
            new Class<?>[] {ConcurrentMap.class},
            (proxy, method, args) -> onMap(name, map, stamped, method, args));
  }

  private @Nullable Object onMap(
      String name, Object map, Stamped stamped, Method method, Object @Nullable [] args)
      throws Throwable {
    point(name + "." + method.getName() + (args == null ? "" : "(" + args[0] + ")"));
    try {
      Object result = scheduler.memory().onMap(name, map, method, args);
      stamped.saw(result);
      if (!MAP_READS.contains(method.getName())) {
        stamped.changed();
      }
      return result;
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /** An object on the heap, and the number that stands for its state. */
  private class Stamped {
    private final long id = scheduler.stamp();
    private long stamp = id;

    /** This thread changed it. */
    final void changed() {
      becomes(scheduler.stamp());
    }

    final long id() {
      return id;
    }

    final void becomes(long next) {
      scheduler.heapChanged(mixed(stamp), mixed(next));
      stamp = next;
    }

    /** This thread read this value. */
    final void saw(@Nullable Object value) {
      scheduler.saw(stamp, value);
    }

    private long mixed(long value) {
      return new Fingerprint().add(id).add(value).value();
    }
  }

  @Override
  public void pause(long nanos) throws InterruptedException {
    point("pause");
    mayWait.accept("a pause");
    boolean unused = scheduler.awaitUnlessInterrupted(new Object(), nanos, this);
    requireAlive.run();
  }

  @Override
  public void uninterrupted(Runnable task) {
    boolean interrupted = scheduler.interrupted(false);
    try {
      task.run();
    } finally {
      if (interrupted) {
        scheduler.interrupted(true);
      }
    }
  }

  @Override
  public void interrupt() {
    throw new UnsupportedOperationException("no thread is ever interrupted here");
  }

  @Override
  public System.Logger logger(String name) {
    return new SimulatedLogger(name);
  }

  /** Writes nothing; may wait, as a real one does when its pipe is full. */
  private final class SimulatedLogger implements System.Logger {
    private final String name;

    SimulatedLogger(String name) {
      this.name = name;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
      log(level, bundle, message);
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... values) {
      requireAlive.run();
      try {
        mayWait.accept("the logger");
        if (slotMutexes.getOrDefault(Thread.currentThread(), 0) > 0) {
          scheduler.guard(
              () -> {
                throw new InvariantViolation("INV-11", "with a slot mutex held: the logger");
              });
        }
      } catch (AssertionError e) {
        loggedTooEarly = e;
      }
    }
  }

  @Override
  public long random(long bound) {
    return bound - 1;
  }

  @Override
  public ScheduledTask scheduleWithFixedDelay(long nanos, Runnable task) {
    throw new UnsupportedOperationException(
        "in a simulation a watcher is a command like any other");
  }

  @Override
  public void runDetached(long patienceNanos, Runnable task) {
    task.run(); // on this thread: hangs are simulated elsewhere
  }

  @Override
  public Runnable whenUnreachable(Object watched, Runnable task) {
    throw new UnsupportedOperationException("a simulation collects no garbage");
  }

  private final class SimulatedMutex extends Stamped implements Mutex {
    private final String name;
    private @Nullable Thread owner;

    SimulatedMutex(String name) {
      this.name = name;
    }

    @Override
    public void lock() {
      point(name + ".lock");
      mayWait.accept("a mutex");
      while (owner != null) {
        boolean unused = scheduler.await(this, Long.MAX_VALUE, SimulatedSync.this);
        requireAlive.run();
      }
      take();
    }

    private void take() {
      saw(null); // reads what the last owner did
      scheduler.memory().locked(id());
      owner = Thread.currentThread();
      heldSlots(1);
      changed();
    }

    /** The mutexes in front of lock files count as those. */
    private void heldSlots(int more) {
      if (!name.startsWith("mutex of ")) {
        slotMutexes.merge(Thread.currentThread(), more, Integer::sum);
      }
    }

    @Override
    public boolean tryLock() {
      point(name + ".tryLock");
      if (owner != null) {
        scheduler.memory().refused(id());
        scheduler.saw(false, "taken");
        return false;
      }
      take();
      return true;
    }

    @Override
    public boolean tryLock(long nanos) throws InterruptedException {
      point(name + ".lock");
      mayWait.accept("a mutex");
      scheduler.requireNotInterrupted();
      long deadline = scheduler.nanoTime() + nanos;
      while (owner != null) {
        boolean inTime =
            scheduler.awaitUnlessInterrupted(
                this, deadline - scheduler.nanoTime(), SimulatedSync.this);
        requireAlive.run();
        if (!inTime) {
          return false;
        }
      }
      take();
      return true;
    }

    @Override
    public void unlock() {
      point(name + ".unlock");
      if (owner != Thread.currentThread()) {
        throw new IllegalMonitorStateException("not the owner");
      }
      scheduler.memory().unlocks(id());
      owner = null;
      heldSlots(-1);
      changed();
      scheduler.wake(this);
    }
  }

  private final class SimulatedVolatileRef<T> extends Stamped implements VolatileRef<T> {
    private final String name;
    private final String place;
    private final Memory.Cell<Memory.Version> cell;

    SimulatedVolatileRef(String name, @Nullable T initial) {
      this.name = name;
      place = name.replaceFirst(" .*", "");
      cell = scheduler.memory().cell(id(), new Memory.Version(initial, id()));
    }

    @Override
    @SuppressWarnings("unchecked") // nothing else was written
    public @Nullable T get() {
      point(name + ".get");
      Memory.Version read = cell.load(place);
      scheduler.saw(read.stamp(), read.value());
      return (T) read.value();
    }

    @Override
    public void set(@Nullable T next) {
      point(name + ".set");
      boolean saysAll = next == null || next instanceof Boolean;
      scheduler.saw(null, next);
      long stamp = saysAll ? new Fingerprint().addValue(next).value() : scheduler.stamp();
      cell.store(place, new Memory.Version(next, stamp));
      becomes(stamp);
    }
  }
}
