package io.github.datastorelookup.processes;

import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.config.ConfigParseException;
import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.history.Event;
import io.github.datastorelookup.history.History;
import io.github.datastorelookup.history.HistoryLog;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.posix.PosixPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * One run of all processes: busy and killed, then quiet while an administrator edits, and so again;
 * in the end every datastore has to be granted to each process.
 */
final class Campaign {
  private static final Duration MOST_BUSY = Duration.ofSeconds(40);
  private static final Duration STOPPED = Duration.ofMillis(100);
  private static final Duration FIRST_LOOK = Duration.ofMillis(1200);

  private final Site site;
  private final long seed;
  private final Plan plan;
  private final @Nullable String port;
  private Map<String, Set<Long>> killed = Map.of();
  private List<String> survivors = List.of();
  private long edits;
  private Duration nextLook = FIRST_LOOK;
  private long begin;

  Campaign(Site site, long seed, Plan plan, @Nullable String port) {
    this.port = port;
    this.site = site;
    this.seed = seed;
    this.plan = plan;
  }

  /** Runs it; afterwards no process is left. */
  void run() throws Exception {
    site.create();
    site.announce();
    Ports ports = PosixPorts.of(site.config(), site.run(), true);
    DatastoreConfig config = Installation.below(site.data());
    for (DatastoreSection section : config.sections()) {
      if (!section.removable() && !section.name().equals(Installation.BROKEN)) {
        ports.chunkStores().create(section.absolutePath());
      }
    }
    Files.write(site.config(), config.format());
    GenerationWatch watch = new GenerationWatch(Objects.requireNonNull(ports.generations().open()));
    try (HistoryLog log = new HistoryLog(site.log(History.PARENT));
        DatastoreRegistry registry = WorkerMain.registry(ports);
        Workers workers = new Workers(site, seed, log, plan.workers(), plan.ports(), port)) {
      killed = workers.killed();
      QuietPhase quiet = new QuietPhase(site, workers, registry, log, watch);
      begin = System.nanoTime();
      for (int cycle = 0; cycle < plan.cycles(); cycle++) {
        workers.tellAll(Phase.BUSY);
        busy(workers, watch);
        quiet.run();
      }
      edits = quiet.edits();
      workers.tellAll(Phase.LAST);
      workers.awaitAll(Event.ALL_GRANTED);
      workers.tellAll(Phase.STOP);
      workers.awaitEnd();
      survivors = workers.names();
    }
  }

  private void busy(Workers workers, GenerationWatch watch)
      throws IOException, ConfigParseException {
    long from = System.nanoTime();
    long due = 0; // the kills keep their pace, even if a step in between takes long
    while (System.nanoTime() - from < plan.busy().toNanos()
        || (tooLittle(workers) && System.nanoTime() - from < MOST_BUSY.toNanos())) {
      due += plan.betweenKills().toNanos();
      letPass(Duration.ofNanos(Math.max(0, from + due - System.nanoTime())), workers, watch);
      workers.killOneAndRestart(Phase.BUSY);
      workers.pauseOne(STOPPED);
      if (System.nanoTime() - begin >= nextLook.toNanos()) {
        nextLook = nextLook.multipliedBy(2); // each look reads it all: together twice the last one
        long until = workers.completeUntil();
        Logs.judge(new History(Logs.below(site.logs()), until)).checkRun();
      }
    }
  }

  /** On a machine that is busy with other things, which takes longer. */
  private boolean tooLittle(Workers workers) throws IOException {
    return workers.count(Event.UNMOUNT_OK) < plan.enough()
        || workers.count(Event.REMOVE_OK) < plan.enough()
        || workers.count(Event.DRAINED) < plan.enough();
  }

  static void letPass(Duration time, Workers workers, GenerationWatch watch) {
    long begin = System.nanoTime();
    Awaitility.await()
        .atMost(time.plusMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              workers.requireHealthy();
              watch.look();
              return System.nanoTime() - begin >= time.toNanos();
            });
  }

  /** The process ids of those that were killed. */
  Set<Long> killedPids() {
    return killed.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
  }

  /** The process ids of some of them, by the names of their logs. */
  Set<Long> pidsOf(Set<String> names) {
    return names.stream()
        .flatMap(name -> Objects.requireNonNull(killed.get(name), name).stream())
        .collect(Collectors.toSet());
  }

  /** The names of those that ran until the end. */
  List<String> survivors() {
    return survivors;
  }

  /** The number of the last manual edit. */
  long edits() {
    return edits;
  }
}
