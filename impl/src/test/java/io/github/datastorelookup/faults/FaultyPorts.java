package io.github.datastorelookup.faults;

import io.github.datastorelookup.port.ChunkStores;
import io.github.datastorelookup.port.ConfigFile;
import io.github.datastorelookup.port.Generations;
import io.github.datastorelookup.port.LedgerDirectory;
import io.github.datastorelookup.port.Locks;
import io.github.datastorelookup.port.MountTable;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.port.Sync;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Ports with something done before or after each call: it may throw, wait, or interrupt. A proxy of
 * all ports but the ticker, and of what they return; of the sync if that is asked for.
 */
final class FaultyPorts {
  /** What is done before a call. */
  @FunctionalInterface
  interface Before {
    /**
     * May throw what the method may throw.
     *
     * @param method of a port
     */
    void call(Method method) throws Throwable;
  }

  private static final Set<Class<?>> PORTS =
      Set.of(
          ConfigFile.class,
          Locks.class,
          Locks.LockFile.class,
          Generations.class,
          Generations.Generation.class,
          LedgerDirectory.class,
          LedgerDirectory.Ledger.class,
          LedgerDirectory.ForeignLedger.class,
          MountTable.class,
          ChunkStores.class,
          ChunkStores.ChunkStore.class,
          Sync.Mutex.class,
          Sync.VolatileRef.class,
          Sync.ScheduledTask.class,
          ConcurrentMap.class);

  /** Reads of fields, and what its contract does not let fail. */
  private static final Set<String> INFALLIBLE =
      Set.of("path", "identity", "generationPage", "config", "maintenance", "holders", "unlock");

  private static final Before NOTHING = method -> {};

  private volatile Before before = NOTHING;
  private volatile Before after = NOTHING;
  private volatile boolean beforeClosing;

  /** From now on this is done before each call; after each that gives something back. */
  void before(Before what) {
    before = what;
  }

  /** From now on this is done after each call that succeeded. */
  void after(Before what) {
    after = what;
  }

  /** Whether {@link #before} holds for calls that give something back, too. */
  void beforeClosing(boolean too) {
    beforeClosing = too;
  }

  /** Nothing is done any more. */
  void heal() {
    before = NOTHING;
    after = NOTHING;
  }

  /** The same as {@link #wrap}, and the sync as well. */
  Ports wrapAll(Ports real) {
    Ports ports = wrap(real);
    return new Ports(
        ports.configFile(),
        ports.locks(),
        ports.generations(),
        ports.ledgers(),
        ports.ticker(),
        ports.mounts(),
        ports.chunkStores(),
        proxy(Sync.class, real.sync()));
  }

  /** These ports, by way of the faults. */
  Ports wrap(Ports real) {
    return new Ports(
        proxy(ConfigFile.class, real.configFile()),
        proxy(Locks.class, real.locks()),
        proxy(Generations.class, real.generations()),
        proxy(LedgerDirectory.class, real.ledgers()),
        real.ticker(),
        proxy(MountTable.class, real.mounts()),
        proxy(ChunkStores.class, real.chunkStores()),
        real.sync());
  }

  /** Whether an I/O error is something that this method may throw. */
  static boolean throwsIo(Method method) {
    return Stream.of(method.getExceptionTypes()).anyMatch(IOException.class::equals);
  }

  private <T> T proxy(Class<T> port, Object real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> call(self, real, method, arguments)));
  }

  private @Nullable Object call(
      Object self, Object real, Method method, Object @Nullable [] arguments) throws Throwable {
    if (method.getName().equals("equals") && arguments != null) {
      return self == arguments[0];
    }
    boolean faulty =
        method.getDeclaringClass() != Object.class && !INFALLIBLE.contains(method.getName());
    boolean giving = method.getName().equals("close");
    if (faulty && (!giving || beforeClosing)) {
      before.call(method);
    }
    Object result;
    try {
      result = method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (faulty && giving && !beforeClosing) {
      before.call(method); // what is given back is given back all the same
    }
    if (faulty) {
      after(method, result);
    }
    return wrapped(result);
  }

  /** What a call made is nobody's if it throws, so that it takes it back. */
  private void after(Method method, @Nullable Object result) throws Throwable {
    boolean thrown = true;
    try {
      after.call(method);
      thrown = false;
    } finally {
      if (thrown && result instanceof ChunkStores.ChunkStore store) {
        store.close();
      } else if (thrown && result instanceof LedgerDirectory.Ledger ledger) {
        ledger.close();
      }
    }
  }

  private @Nullable Object wrapped(@Nullable Object result) {
    if (result instanceof List<?> list) {
      return list.stream().map(this::wrapped).toList();
    }
    for (Class<?> port : PORTS) {
      if (port.isInstance(result)) {
        return proxy(port, result);
      }
    }
    return result;
  }
}
