package io.github.datastorelookup.processes;

import io.github.datastorelookup.evidence.Event;
import io.github.datastorelookup.evidence.EvidenceLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/** The workers of a run, and who of them was killed. Closing it kills what is left. */
final class Crew implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Site site;
  private final long seed;
  private final EvidenceLog log;
  private final Random random;
  private final List<WorkerProcess> workers = new ArrayList<>();
  private final Map<String, Long> killed = new TreeMap<>();

  /** Starts all, and waits until they work. {@code log} is the parent's. */
  Crew(Site site, long seed, EvidenceLog log) throws IOException {
    this.site = site;
    this.seed = seed;
    this.log = log;
    this.random = new Random(seed);
    for (int worker = 0; worker < WorkerMain.WORKERS; worker++) {
      workers.add(WorkerProcess.start(site, worker, 0, seed));
    }
    awaitAll(Event.STARTED);
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

  /** Kills one of them, whatever it is doing, and starts it again. */
  void killOneAndRestart() throws IOException {
    int index = random.nextInt(workers.size());
    WorkerProcess victim = workers.get(index);
    log.write(0, Event.KILL_START, log.newId(), victim.name(), "");
    victim.kill();
    log.write(0, Event.DEAD, log.newId(), victim.name(), "");
    victim.requireSilent();
    killed.put(victim.name(), victim.pid());
    site.bury(victim.name());
    workers.set(index, victim.restart(seed));
    awaitAll(Event.STARTED);
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

  /** Nobody has ended, nobody has printed anything. */
  void requireHealthy() throws IOException {
    for (WorkerProcess worker : workers) {
      worker.requireAlive();
      worker.requireSilent();
    }
  }

  /** Those that were killed: name and process id. */
  Map<String, Long> killed() {
    return killed;
  }

  /** The names of those that are running, or ran until the end. */
  List<String> names() {
    return workers.stream().map(WorkerProcess::name).toList();
  }

  @Override
  public void close() {
    workers.forEach(WorkerProcess::kill);
  }
}
