package io.github.datastorelookup.simulation;

import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.ChunkStores;
import io.github.datastorelookup.port.ConfigFile;
import io.github.datastorelookup.port.Generations;
import io.github.datastorelookup.port.LedgerDirectory;
import io.github.datastorelookup.port.LedgerDirectory.ForeignLedger;
import io.github.datastorelookup.port.Locks;
import io.github.datastorelookup.port.MountTable;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.port.Ticker;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A process of a {@link MemoryHost} whose every port call is a scheduling point. Once it is killed,
 * no call has an effect any more: each throws, those in {@code finally} blocks included.
 */
public final class SimulatedProcess {
  /** Calls that read nothing that changes, or do nothing in memory: nothing to schedule. */
  private static final Set<String> CONSTANT =
      Set.of(
          "path",
          "requirePath",
          "identity",
          "writable",
          "outOfFiles",
          "generationPage",
          "config",
          "maintenance",
          "prune",
          "holders",
          "fault",
          "requireDirectory",
          "toString");

  /** The names of these methods' results in the tables. */
  private static final Map<String, String> NAMES =
      Map.of(
          "locks.config", "config lock",
          "locks.maintenance", "maintenance lock",
          "ledger.append", "word",
          "files.open", "store",
          "generations.open", "generation",
          "ledgers.create", "ledger",
          "ledgers.others", "ledger");

  private static final Map<Long, String> UNITS =
      Map.of(
          OperationWord.READ, "READ",
          OperationWord.WRITE, "WRITE",
          OperationWord.CLOSING, "CLOSING",
          OperationWord.CLOSED, "CLOSED");

  private static final Object SHARED = new Object();

  private final Scheduler scheduler;
  private final PortListener listener;
  private final SlowDisk disk;
  private final MemoryProcess process;
  private final Ports ports;
  private volatile boolean killed;

  /** Starts a process on this host, in this simulation, with its datastores on this disk. */
  public SimulatedProcess(
      MemoryHost host, Scheduler scheduler, SlowDisk disk, PortListener listener) {
    this.scheduler = scheduler;
    this.disk = disk;
    this.listener = listener;
    this.process =
        host.start(
            new SimulatedSync(
                scheduler,
                this::requireAlive,
                what -> scheduler.guard(() -> listener.mayWait(what))));
    Ports real = process.ports();
    this.ports =
        new Ports(
            wrap(ConfigFile.class, real.configFile(), "config"),
            wrap(Locks.class, real.locks(), "locks"),
            wrap(Generations.class, real.generations(), "generations"),
            wrap(LedgerDirectory.class, real.ledgers(), "ledgers"),
            wrap(Ticker.class, real.ticker(), "clock"),
            wrap(MountTable.class, real.mounts(), "mounts"),
            wrap(ChunkStores.class, real.chunkStores(), "files"),
            real.sync());
  }

  /** The ports of its registry. */
  public Ports ports() {
    return ports;
  }

  /** The process underneath. */
  public MemoryProcess process() {
    return process;
  }

  /** The sync that its threads share: the owner of everything on its heap. */
  public Object sync() {
    return ports.sync();
  }

  /** Kills the process as {@code SIGKILL} does. */
  public void kill() {
    killed = true;
    process.kill();
    scheduler.wake(process.ports().sync());
  }

  /** Lets a thread of this process sleep. */
  public void sleep(long nanos) {
    boolean unused = scheduler.await(new Object(), nanos, process.ports().sync());
    requireAlive();
  }

  private void requireAlive() {
    if (killed) {
      throw new Killed();
    }
  }

  /** The object behind a wrapped port. */
  public static Object unwrap(Object wrapped) {
    return Proxy.isProxyClass(wrapped.getClass())
            && Proxy.getInvocationHandler(wrapped) instanceof Points points
        ? points.target
        : wrapped;
  }

  private <T> T wrap(Class<T> port, T target, String name) {
    Points points = new Points(target, name);
    return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, points));
  }

  /** Makes each call a scheduling point, and wraps its result likewise. */
  private final class Points implements InvocationHandler {
    private final Object target;
    private final String name;

    Points(Object target, String name) {
      this.target = target;
      this.name = name;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
        throws Throwable {
      if (method.getDeclaringClass() == Object.class) {
        return method.invoke(target, args);
      }
      boolean constant = CONSTANT.contains(method.getName());
      if (!constant) {
        requireAlive(); // a dead thread unwinds at once
        Object owner = target instanceof Ticker ? target : SHARED;
        scheduler.point(name + "." + method.getName() + shown(method, args), owner);
        requireAlive();
        disk.delay(target, args);
        requireAlive();
      }
      scheduler.guard(() -> listener.calls(target, method, args));
      try {
        Object result =
            scheduler.memory().onPort(target, method, args, () -> method.invoke(target, args));
        scheduler.guard(() -> listener.returned(target, method, args, result));
        if (!constant) {
          tell(method, result);
        }
        return wrapResult(method, args, result);
      } catch (InvocationTargetException e) {
        Throwable thrown = e.getCause() == null ? e : e.getCause();
        scheduler.guard(() -> listener.threw(target, method, args));
        scheduler.saw(thrown.toString(), thrown.getMessage());
        throw thrown;
      }
    }

    /** Reports values unchanged; the identity of a returned object follows from the call. */
    private void tell(Method method, @Nullable Object result) {
      Object value =
          result instanceof List<?> list
              ? list.stream().map(SimulatedProcess::nameOf).toList()
              : isObject(result) ? "it" : result;
      boolean word =
          target instanceof AtomicWord
              || (target instanceof ForeignLedger && method.getName().equals("word"));
      Object shown = method.getReturnType() == void.class ? "done" : value;
      scheduler.saw(
          value, word && result instanceof Long now ? OperationWord.describe(now) : shown);
    }

    private @Nullable Object wrapResult(
        Method method, Object @Nullable [] args, @Nullable Object result) {
      if (result instanceof List<?> list) {
        return list.stream().map(each -> wrapOne(each, nameOf(each))).toList();
      }
      String of = args != null && args[0] instanceof String about ? " " + about : "";
      return result != null && method.getReturnType().getName().contains(".port.")
          ? wrapOne(
              result, NAMES.getOrDefault(name + "." + method.getName(), method.getName()) + of)
          : result;
    }

    private Object wrapOne(Object result, String called) {
      for (Class<?> type = result.getClass(); type != null; type = type.getSuperclass()) {
        for (Class<?> port : type.getInterfaces()) {
          if (port.getName().contains(".port.")) {
            return wrapAs(port, result, called);
          }
        }
      }
      return result;
    }

    private <T> Object wrapAs(Class<T> port, Object result, String called) {
      return wrap(port, port.cast(result), called);
    }
  }

  private static boolean isObject(@Nullable Object result) {
    return result != null
        && result.getClass().getPackageName().equals(MemoryHost.class.getPackageName());
  }

  private static String nameOf(@Nullable Object each) {
    return each instanceof ForeignLedger ledger ? "ledger " + ledger.path() : String.valueOf(each);
  }

  private static String shown(Method method, Object @Nullable [] args) {
    StringBuilder all = new StringBuilder();
    boolean delta = method.getName().equals("getAndAdd");
    for (int i = 0; args != null && i < args.length; i++) {
      if (args[i] instanceof String || args[i] instanceof Long) {
        all.append(all.isEmpty() ? "(" : ", ");
        all.append(args[i] instanceof Long word ? inUnits(word, delta) : args[i]);
      }
    }
    return all.isEmpty() ? "" : all.append(')').toString();
  }

  private static String inUnits(long word, boolean delta) {
    return delta
        ? (word < 0 ? "-" : "+")
            + UNITS.getOrDefault(Math.abs(word), String.valueOf(Math.abs(word)))
        : OperationWord.describe(word);
  }
}
