package io.github.datastorelookup.simulation;

import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.ChunkStores;
import io.github.datastorelookup.port.ConfigFile;
import io.github.datastorelookup.port.Generations;
import io.github.datastorelookup.port.LedgerDirectory;
import io.github.datastorelookup.port.Locks;
import io.github.datastorelookup.port.MountTable;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.port.Ticker;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A process of a {@link MemoryHost} whose every port call is a scheduling point. Once it is killed,
 * no call has an effect any more: each throws, those in {@code finally} blocks included.
 */
public final class SimulatedProcess {
  /** Calls that read constants: nothing to schedule. */
  private static final Set<String> CONSTANT =
      Set.of("path", "identity", "generationPage", "config", "maintenance", "toString");

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
            new SimulatedSeam(
                scheduler,
                this::requireAlive,
                what -> scheduler.guard(() -> listener.mayWait(what))));
    Ports real = process.ports();
    this.ports =
        new Ports(
            wrap(ConfigFile.class, real.configFile()),
            wrap(Locks.class, real.locks()),
            wrap(Generations.class, real.generations()),
            wrap(LedgerDirectory.class, real.ledgers()),
            wrap(Ticker.class, real.ticker()),
            wrap(MountTable.class, real.mounts()),
            wrap(ChunkStores.class, real.chunkStores()),
            real.seam());
  }

  /** What its registry works on. */
  public Ports ports() {
    return ports;
  }

  /** The process underneath. */
  public MemoryProcess process() {
    return process;
  }

  /** What {@code SIGKILL} does. */
  public void kill() {
    killed = true;
    process.kill();
    scheduler.wakeAllOf(process.ports().seam());
  }

  /** Lets a thread of this process sleep. */
  public void sleep(long nanos) {
    boolean unused = scheduler.await(new Object(), nanos, process.ports().seam());
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

  private <T> T wrap(Class<T> port, T target) {
    return port.cast(
        Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, new Points(target)));
  }

  /** Makes each call a scheduling point, and does the same to what it returns. */
  private final class Points implements InvocationHandler {
    private final Object target;

    Points(Object target) {
      this.target = target;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
        throws Throwable {
      if (method.getDeclaringClass() == Object.class) {
        return method.invoke(target, args);
      }
      if (!CONSTANT.contains(method.getName())) {
        scheduler.point(describe(method, args));
        requireAlive();
        disk.delay(target, args);
        requireAlive();
      }
      scheduler.guard(() -> listener.calls(target, method, args));
      try {
        Object result = method.invoke(target, args);
        scheduler.guard(() -> listener.returned(target, method, args, result));
        return wrapResult(method, result);
      } catch (InvocationTargetException e) {
        throw e.getCause() == null ? e : e.getCause();
      }
    }

    private @Nullable Object wrapResult(Method method, @Nullable Object result) {
      if (result instanceof List<?> list) {
        return list.stream().map(each -> wrapOne(each)).toList();
      }
      return result != null && method.getReturnType().getName().contains(".port.")
          ? wrapOne(result)
          : result;
    }

    private Object wrapOne(Object result) {
      for (Class<?> type = result.getClass(); type != null; type = type.getSuperclass()) {
        for (Class<?> port : type.getInterfaces()) {
          if (port.getName().contains(".port.")) {
            return wrapAs(port, result);
          }
        }
      }
      return result;
    }

    private <T> Object wrapAs(Class<T> port, Object result) {
      return wrap(port, port.cast(result));
    }

    private String describe(Method method, Object @Nullable [] args) {
      String owner = method.getDeclaringClass().getSimpleName();
      return process + " " + owner + "." + method.getName() + (args == null ? "" : first(args));
    }

    private String first(Object[] args) {
      return args.length > 0 && (args[0] instanceof String || args[0] instanceof Long)
          ? "(" + args[0] + ")"
          : "";
    }
  }
}
