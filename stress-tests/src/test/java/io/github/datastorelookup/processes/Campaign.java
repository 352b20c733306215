package io.github.datastorelookup.processes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datastorelookup.config.ConfigParseException;
import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.evidence.Event;
import io.github.datastorelookup.evidence.EvidenceLog;
import io.github.datastorelookup.evidence.LogLine;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.posix.PosixPorts;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** One run of all processes: busy and killed, then quiet, then stopped. */
final class Campaign {
  private static final Duration BETWEEN_KILLS = Duration.ofMillis(700);
  private static final Duration MARGIN = Duration.ofMillis(300);
  private static final String PARENT = "parent";

  private final Site site;
  private final long seed;
  private Map<String, Long> killed = Map.of();
  private List<String> survivors = List.of();

  Campaign(Site site, long seed) {
    this.site = site;
    this.seed = seed;
  }

  /** Runs it; afterwards no process is left. */
  void run(Duration busy) throws IOException, ConfigParseException {
    site.create();
    Ports ports = PosixPorts.of(site.config(), site.run(), true);
    DatastoreConfig config = Installation.below(site.data());
    for (DatastoreSection section : config.sections()) {
      if (!section.removable() && !section.name().equals(Installation.BROKEN)) {
        ports.chunkStores().create(section.absolutePath());
      }
    }
    Files.write(site.config(), config.format());
    GenerationWatch watch = new GenerationWatch(Objects.requireNonNull(ports.generations().open()));
    try (EvidenceLog log = new EvidenceLog(site.log(PARENT));
        Crew crew = new Crew(site, seed, log)) {
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < busy.toNanos()) {
        letPass(BETWEEN_KILLS, crew, watch);
        crew.killOneAndRestart();
      }
      crew.tellAll(Phase.QUIET);
      crew.awaitAll(Event.QUIET);
      watch.allowBumps(0);
      letPass(WorkerMain.TTL.plus(MARGIN), crew, watch); // long enough for each to load again
      watch.allowBumps(1); // whoever notices the edit tells the others
      editByHand(log);
      letPass(WorkerMain.TTL.plus(MARGIN), crew, watch);
      crew.tellAll(Phase.STOP);
      crew.awaitEnd();
      killed = crew.killed();
      survivors = crew.names();
    }
  }

  /** The process ids of those that were killed. */
  Set<Long> killedPids() {
    return Set.copyOf(killed.values());
  }

  /** The process ids of some of them, by the names of their logs. */
  Set<Long> pidsOf(Set<String> names) {
    return names.stream()
        .map(name -> Objects.requireNonNull(killed.get(name), name))
        .collect(Collectors.toSet());
  }

  /** The names of those that ran until the end. */
  List<String> survivors() {
    return survivors;
  }

  /** All that they wrote down. */
  List<LogLine> evidence() throws IOException {
    List<LogLine> lines = new ArrayList<>();
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(site.logs(), "*.log")) {
      for (Path log : logs) {
        String name = log.getFileName().toString().replaceFirst("\\.log$", "");
        lines.addAll(LogLine.parse(name, Files.readString(log, UTF_8)));
      }
    }
    return lines;
  }

  private static void letPass(Duration time, Crew crew, GenerationWatch watch) {
    long begin = System.nanoTime();
    Awaitility.await()
        .atMost(time.plusMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              crew.requireHealthy();
              watch.look();
              return System.nanoTime() - begin >= time.toNanos();
            });
  }

  /**
   * As an administrator's editor saves: whole, by rename, under no lock. Nobody saves meanwhile.
   */
  private void editByHand(EvidenceLog log) throws IOException, ConfigParseException {
    String name = Installation.EDITED_BY_HAND;
    DatastoreConfig config =
        DatastoreConfig.parse("datastore.cfg", Files.readAllBytes(site.config()), null);
    DatastoreSection section = Objects.requireNonNull(config.find(name), name);
    String comment = Installation.numbered("Edited by hand ", 1);
    byte[] text = config.with(section.withProperty("comment", comment)).format();
    Path temp = site.config().resolveSibling("datastore.cfg~");
    Files.write(temp, text);
    long id = log.newId();
    log.write(0, Event.EDIT_START, id, name, 1);
    Files.move(temp, site.config(), StandardCopyOption.ATOMIC_MOVE);
    log.write(0, Event.EDIT_OK, id, name, 1);
  }
}
