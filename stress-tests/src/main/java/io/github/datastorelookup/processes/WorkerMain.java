package io.github.datastorelookup.processes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.config.ConfigParseException;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.history.HistoryLog;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.posix.PosixPorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * One of several processes on the same files. Its parent sends a {@link Phase} per line; the
 * process ends with its parent. Anything unexpected ends it with a trace on stderr.
 */
public final class WorkerMain {
  /** For how long a manual edit may go unseen. */
  public static final Duration TTL = Duration.ofMillis(500);

  /** How often an idle process looks for edits. */
  public static final Duration WATCH = Duration.ofMillis(250);

  /** How long to wait for a lock. */
  public static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);

  /** How many threads each worker has. */
  public static final int THREADS = 2;

  /** The most workers: each thread has a datastore whose comment it alone changes. */
  public static final int MOST_WORKERS = Installation.COMMENTED.size() / THREADS;

  private static final long NUMBERS_OF_A_LIFE = 1_000_000;

  private static final long BETWEEN_INTERRUPTS_NANOS = 10_000_000;

  /** For as long none comes then: a drain takes longer than it is between two. */
  private static final long BURST_NANOS = 500_000_000;

  private static final int FAILED = 3;
  private static final int ORPHANED = 4;

  private WorkerMain() {}

  /** The name of a process's log. */
  public static String name(int worker, int incarnation) {
    return "worker-" + worker + "-" + incarnation;
  }

  /**
   * Arguments: root directory, number of the worker, incarnation, seed, phase, whether it is calm,
   * and perhaps the command of a port, a process of which then works in the place of this library.
   */
  public static void main(String[] args) throws Exception {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> {
          e.printStackTrace();
          ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
          Runtime.getRuntime().halt(FAILED);
        });
    Site site = new Site(Path.of(args[0]));
    int worker = Integer.parseInt(args[1]);
    int incarnation = Integer.parseInt(args[2]);
    long seed = Long.parseLong(args[3]);
    AtomicReference<Phase> phase = new AtomicReference<>(Phase.valueOf(args[4]));
    boolean calm = Boolean.parseBoolean(args[5]);
    String port = args.length > 6 ? args[6] : null;
    Ports ports = PosixPorts.of(site.config(), site.run(), true);
    int number = port == null ? THREADS : 1;
    try (HistoryLog log = new HistoryLog(site.log(name(worker, incarnation)));
        WorkerRegistry registry =
            port == null
                ? own(site, log, ports)
                : port(port, site, worker, seed + 1000L * incarnation + worker)) {
      List<Thread> threads = new ArrayList<>();
      List<Interrupts> interrupts = Stream.generate(Interrupts::new).limit(number).toList();
      for (int thread = 0; thread < number; thread++) {
        WorkerContext context =
            new WorkerContext(
                site,
                name(worker, incarnation),
                worker,
                thread,
                incarnation * NUMBERS_OF_A_LIFE,
                registry,
                ports.chunkStores(),
                log,
                interrupts.get(thread),
                random(seed, worker, incarnation, thread));
        threads.add(start(context, phase, calm, calm && port == null));
      }
      if (port == null) {
        interruptNowAndThen(interrupts, phase);
      }
      obey(phase);
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  /** Opens a registry as every process of a run does. */
  public static DatastoreRegistry registry(Ports ports) {
    return DatastoreRegistry.builder(ports).ttl(TTL).watch(WATCH).lockTimeout(LOCK_TIMEOUT).open();
  }

  private static WorkerRegistry own(Site site, HistoryLog log, Ports ports) throws IOException {
    site.announce();
    Warnings.to(log); // before it opens: it may warn of dead predecessors
    return new OwnRegistry(registry(ports));
  }

  private static WorkerRegistry port(String command, Site site, int worker, long seed)
      throws IOException {
    PortRegistry port = PortRegistry.open(command, site, worker, seed);
    site.announce();
    site.announce(port.pid());
    return port;
  }

  /** Mixes the seed, because generators with neighbouring seeds begin alike. */
  private static Random random(long seed, int worker, int incarnation, int thread) {
    long place = (1000L * incarnation + worker) * THREADS + thread;
    return new Random(new SplittableRandom(seed + place).nextLong());
  }

  private static Thread start(
      WorkerContext context, AtomicReference<Phase> phase, boolean calm, boolean slow)
      throws IOException, ConfigParseException {
    List<String> names =
        new ArrayList<>(
            Installation.asDelivered().sections().stream().map(DatastoreSection::name).toList());
    for (int worker = 0; worker < MOST_WORKERS; worker++) {
      for (int thread = 0; thread < THREADS; thread++) {
        names.add(Installation.scratch(worker, thread));
      }
    }
    String commented = Installation.COMMENTED.get(THREADS * context.worker() + context.thread());
    WorkerThread work = new WorkerThread(context, names, commented, phase, calm, slow);
    Thread thread =
        new Thread(
            () -> {
              try {
                work.work();
              } catch (IOException | ConfigParseException e) {
                throw new IllegalStateException(e);
              }
            },
            context.process() + "-" + context.thread());
    thread.start();
    return thread;
  }

  /** Interrupts in busy phases only: later no call may be refused because of it. */
  private static void interruptNowAndThen(
      List<Interrupts> interrupts, AtomicReference<Phase> phase) {
    Thread thread =
        new Thread(
            () -> {
              for (int next = 0; true; next = (next + 1) % interrupts.size()) {
                LockSupport.parkNanos(BETWEEN_INTERRUPTS_NANOS);
                boolean burst = System.nanoTime() / BURST_NANOS % 2 == 0;
                if (burst && phase.get() == Phase.BUSY) {
                  interrupts.get(next).interrupt();
                }
              }
            },
            "interrupts");
    thread.setDaemon(true);
    thread.start();
  }

  private static void obey(AtomicReference<Phase> phase) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    while (phase.get() != Phase.STOP) {
      String line = in.readLine();
      if (line == null) {
        Runtime.getRuntime().halt(ORPHANED);
        return;
      }
      phase.set(Phase.valueOf(line));
    }
  }
}
