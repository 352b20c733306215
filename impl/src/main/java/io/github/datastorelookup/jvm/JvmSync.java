package io.github.datastorelookup.jvm;

import io.github.datastorelookup.port.Sync;
import java.lang.ref.Cleaner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A {@link Sync} of {@link ReentrantLock}, volatile fields and {@link ConcurrentHashMap}. */
public class JvmSync implements Sync {
  private static final System.Logger LOG = System.getLogger(JvmSync.class.getPackageName());

  /** Without state of its own. */
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
    ScheduledThreadPoolExecutor thread =
        new ScheduledThreadPoolExecutor(1, work -> daemon("watcher", work));
    // Its thread holds the executor strongly; the future would only serve to cancel the task.
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(() -> run(task), nanos, nanos, TimeUnit.NANOSECONDS);
    return thread::shutdown;
  }

  @Override
  public void runDetached(long patienceNanos, Runnable task) {
    Thread thread = daemon("closer", () -> run(task));
    thread.start();
    try {
      TimeUnit.NANOSECONDS.timedJoin(thread, patienceNanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the task continues
    }
  }

  @Override
  public Runnable whenUnreachable(Object watched, Runnable task) {
    return CleanerHolder.CLEANER.register(watched, () -> run(task))::clean;
  }

  /** Created, with its thread, on first use. */
  private static final class CleanerHolder {
    static final Cleaner CLEANER = Cleaner.create();
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) { // an Error too: the executor would end the task silently
      LOG.log(System.Logger.Level.ERROR, "a task in the background failed", e);
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
