package io.github.datastorelookup.jvm;

import io.github.datastorelookup.port.Sync;
import java.lang.invoke.VarHandle;
import java.lang.ref.Cleaner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A {@link Sync} of {@link ReentrantLock}, volatile fields and {@link ConcurrentHashMap}. */
public class JvmSync implements Sync {
  private static final System.Logger LOG = System.getLogger(JvmSync.class.getPackageName());

  /** The longest wait of the cleaner's thread for the task of one object. */
  private static final long UNREACHABLE_PATIENCE_NANOS = 100_000_000;

  private static @Nullable Cleaner cleaner;

  /** Creates one, without state. */
  public JvmSync() {}

  @Override
  public Mutex newMutex(String name) {
    return new JvmMutex();
  }

  @Override
  public <T> VolatileRef<T> newVolatileRef(String name, @Nullable T initial) {
    return new JvmVolatileRef<>(initial);
  }

  @Override
  public <K, V> ConcurrentMap<K, V> newMap(String name) {
    return new ConcurrentHashMap<>();
  }

  @Override
  public void pause(long nanos) throws InterruptedException {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw e;
    }
  }

  @Override
  public void uninterrupted(Runnable task) {
    boolean interrupted = Thread.interrupted();
    try {
      task.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void interrupt() {
    Thread.currentThread().interrupt();
  }

  @Override
  public long random(long bound) {
    return ThreadLocalRandom.current().nextLong(bound);
  }

  @Override
  public ScheduledTask scheduleWithFixedDelay(long nanos, Runnable task) {
    Repeated repeated = new Repeated(nanos, task);
    repeated.thread.start();
    return repeated;
  }

  @Override
  public void runDetached(long patienceNanos, Runnable task) {
    Thread thread = daemon("closer", () -> run(task));
    thread.start();
    long start = System.nanoTime();
    boolean interrupted = false;
    long left = patienceNanos;
    while (left > 0 && thread.isAlive()) {
      try {
        TimeUnit.NANOSECONDS.timedJoin(thread, left);
      } catch (InterruptedException e) {
        interrupted = true; // unless the task hangs, its files are closed when this returns
      }
      left = patienceNanos - (System.nanoTime() - start);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Runnable whenUnreachable(Object watched, Runnable task) {
    Watch watch = new Watch(this, task);
    watch.registration = cleaner().register(watched, watch);
    return watch::end;
  }

  /** Creates the cleaner and its thread on first use: a failed static initializer cannot retry. */
  private static synchronized Cleaner cleaner() {
    Cleaner created = cleaner;
    if (created == null) {
      created = Cleaner.create();
      cleaner = created;
    }
    return created;
  }

  /**
   * Allocates nothing between two runs. An executor allocates: its thread ends when there is no
   * memory, and then there is no memory for another thread.
   */
  private static final class Repeated implements Runnable, ScheduledTask {
    private final long nanos;
    private final Runnable task;
    private final Thread thread = daemon("watcher", this);
    private volatile boolean closed;

    Repeated(long nanos, Runnable task) {
      this.nanos = nanos;
      this.task = task;
    }

    @Override
    public void run() {
      while (!closed) {
        long start = System.nanoTime();
        long left = nanos;
        while (left > 0 && !closed) {
          boolean unused = Thread.interrupted(); // or it would not park
          LockSupport.parkNanos(left);
          left = nanos - (System.nanoTime() - start);
        }
        if (!closed) {
          JvmSync.run(task);
        }
      }
    }

    @Override
    public void close() {
      closed = true;
      LockSupport.unpark(thread);
    }
  }

  /**
   * The action for one watched object. One thread of the cleaner runs the actions of all objects.
   */
  private static final class Watch implements Runnable {
    private final JvmSync sync;
    private final Runnable task;
    private volatile boolean ended;
    private volatile Cleaner.@Nullable Cleanable registration;

    Watch(JvmSync sync, Runnable task) {
      this.sync = sync;
      this.task = task;
    }

    @Override
    public void run() {
      if (!ended) {
        try {
          sync.runDetached(UNREACHABLE_PATIENCE_NANOS, task);
        } catch (OutOfMemoryError e) { // no thread can be made
          JvmSync.run(task);
        }
      }
    }

    void end() {
      ended = true;
      Cleaner.Cleanable registered = registration;
      if (registered != null) {
        registered.clean(); // runs this, which does nothing any more
      }
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) { // an Error too: it would end the thread
      try {
        LOG.log(System.Logger.Level.ERROR, "background task failed", e);
      } catch (Throwable again) {
        // Logging is the host's code; the next run must not depend on it.
      }
    }
  }

  private static Thread daemon(String role, Runnable work) {
    Thread thread = new Thread(work, "datastore-lookup-" + role);
    thread.setDaemon(true);
    return thread;
  }

  private static final class JvmMutex implements Mutex {
    private final ReentrantLock lock = new ReentrantLock();

    @Override
    public void lock() {
      lock.lock();
    }

    @Override
    public boolean tryLock() {
      VarHandle.fullFence(); // Lock promises no order for an attempt that fails
      return lock.tryLock();
    }

    @Override
    public boolean tryLock(long nanos) throws InterruptedException {
      try {
        return lock.tryLock(nanos, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw e;
      }
    }

    @Override
    public void unlock() {
      lock.unlock();
      VarHandle.fullFence();
    }
  }

  private static final class JvmVolatileRef<T> implements VolatileRef<T> {
    private volatile @Nullable T value;

    JvmVolatileRef(@Nullable T initial) {
      value = initial;
    }

    @Override
    public @Nullable T get() {
      return value;
    }

    @Override
    public void set(@Nullable T next) {
      value = next;
    }
  }
}
