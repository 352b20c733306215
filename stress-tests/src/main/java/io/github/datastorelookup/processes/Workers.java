package io.github.datastorelookup.processes;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.history.Event;
import io.github.datastorelookup.history.HistoryLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The workers of a run, and which of them were killed. Closing it kills what is left. */
final class Workers implements AutoCloseable {
  /** For how long no thread may be silent: a lock timeout and some. */
  static final Duration SILENCE = WorkerMain.LOCK_TIMEOUT.plusSeconds(2);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Site site;
  private final long seed;
  private final HistoryLog log;
  private final Random random;
  private final List<WorkerProcess> workers = new ArrayList<>();
  private final List<WorkerProcess> dead = new ArrayList<>();
  private final Map<String, Set<Long>> killed = new TreeMap<>();

  /**
   * Starts so many, and waits until they work.
   *
   * @param log the parent's
   * @param ports how many of them, the first ones, are of the port with this command
   */
  Workers(Site site, long seed, HistoryLog log, int number, int ports, @Nullable String port)
      throws IOException {
    this.site = site;
    this.seed = seed;
    this.log = log;
    this.random = new Random(seed);
    boolean working = false;
    try {
      start(number, ports, port);
      awaitAll(Event.STARTED);
      working = true;
    } finally {
      if (!working) { // no caller can
        close();
      }
    }
  }

  private void start(int number, int ports, @Nullable String port) throws IOException {
    for (int worker = 0; worker < number; worker++) {
      workers.add(
          WorkerProcess.start(
              site, worker, 0, seed, Phase.BUSY, ports > 0, worker < ports ? port : null));
    }
  }

  /** Waits until all threads of all workers have written this. */
  void awaitAll(Event event) {
    Awaitility.await("all write " + event)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              requireHealthy();
              boolean all = true;
              for (WorkerProcess worker : workers) {
                all &= worker.says(event);
              }
              return all;
            });
  }

  /**
   * Kills one of the working ones at an arbitrary moment, and starts it again.
   *
   * @param phase in which the new one begins
   */
  void killOneAndRestart(Phase phase) throws IOException {
    List<Integer> working = new ArrayList<>();
    for (int index = 0; index < workers.size(); index++) {
      if (workers.get(index).says(Event.STARTED)) {
        working.add(index);
      }
    }
    if (!working.isEmpty()) {
      int index = working.get(random.nextInt(working.size()));
      WorkerProcess victim = workers.get(index);
      Set<Long> pids = kill(victim);
      victim.requireSilent();
      dead.add(victim);
      site.bury(victim.name(), pids);
      workers.set(index, victim.restart(seed, phase));
    }
  }

  /** Stops one of them for a while, at an arbitrary moment. */
  void pauseOne(Duration time) {
    workers.get(random.nextInt(workers.size())).pause(time);
  }

  private Set<Long> kill(WorkerProcess victim) {
    Set<Long> pids = victim.pids();
    log.write(0, Event.KILL_START, log.newId(), victim.name(), "");
    victim.kill();
    log.write(0, Event.DEAD, log.newId(), victim.name(), "");
    killed.put(victim.name(), pids);
    return pids;
  }

  /** All go into another phase. */
  void tellAll(Phase phase) throws IOException {
    for (WorkerProcess worker : workers) {
      worker.tell(phase);
    }
  }

  /** Waits until all have ended, and ended well. */
  void awaitEnd() throws IOException {
    for (WorkerProcess worker : workers) {
      worker.awaitEnd();
      worker.requireEndedWell();
    }
  }

  /** No worker has ended, none has printed anything, none is stuck. */
  void requireHealthy() throws IOException {
    for (WorkerProcess worker : workers) {
      worker.requireAlive();
      worker.requireSilent();
      long silent = System.nanoTime() - worker.completeUntil();
      if (worker.says(Event.STARTED) && silent > SILENCE.toNanos()) {
        throw new InvariantViolation(
            "INV-12", worker.name() + " has a thread that is stuck:\n" + worker.stacks());
      }
    }
  }

  /** How many lines of all logs, those of the dead included, say this. */
  int count(Event event) throws IOException {
    int sum = 0;
    for (WorkerProcess each : dead) {
      sum += each.count(event);
    }
    for (WorkerProcess each : workers) {
      sum += each.count(event);
    }
    return sum;
  }

  /** Until when all logs are complete: read them after asking. */
  long completeUntil() throws IOException {
    long until = System.nanoTime(); // of those that have not begun there is nothing before now
    for (WorkerProcess worker : workers) {
      until = Math.min(until, worker.completeUntil());
    }
    return until;
  }

  /** A view of those that were killed: name and process ids. */
  Map<String, Set<Long>> killed() {
    return Collections.unmodifiableMap(killed);
  }

  /** The names of those that are running, or ran until the end. */
  List<String> names() {
    return workers.stream().map(WorkerProcess::name).toList();
  }

  @Override
  public void close() {
    workers.stream().filter(WorkerProcess::alive).forEach(worker -> kill(worker));
  }
}
