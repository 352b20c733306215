package io.github.datastorelookup.processes;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.config.ConfigParseException;
import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.history.HistoryChecker;
import io.github.datastorelookup.posix.PosixPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at what the processes left, with the eyes of one that comes later. */
final class Aftermath {
  private static final String CRASH = "INV-12";

  private final Site site;
  private final Set<Long> killed;

  /** {@code killed} are the process ids of those that had no chance to clean up. */
  Aftermath(Site site, Set<Long> killed) {
    this.site = site;
    this.killed = killed;
  }

  /** Checks all; {@code killedWithAHandle} are those whose ledgers cannot have been drained. */
  void check(HistoryChecker checker, Set<Long> killedWithAHandle)
      throws IOException, ConfigParseException {
    DatastoreConfig config =
        DatastoreConfig.parse("datastore.cfg", Files.readAllBytes(site.config()), null);
    requireOnlyTheDeadLeftFiles();
    requireOriginalSections(config);
    try (DatastoreRegistry registry =
        DatastoreRegistry.builder(PosixPorts.of(site.config(), site.run(), false)).open()) {
      Map<String, ActiveOperations> counts = new TreeMap<>();
      Map<String, Long> numbers = new TreeMap<>();
      for (DatastoreSection section : config.sections()) {
        counts.put(section.name(), registry.activeOperations(section.name()));
        numbers.put(section.name(), Installation.number(section));
      }
      checker.checkLeft(counts, numbers);
      requireProbedLedgersGone(killedWithAHandle);
      config.sections().forEach(section -> requireUsable(registry, section));
    }
    requireOnlyTheDeadLeftFiles();
  }

  /** Ledgers and temporary files: only of processes that were killed, and few. */
  private void requireOnlyTheDeadLeftFiles() throws IOException {
    List<Path> temporary = new ArrayList<>();
    try (Stream<Path> files = Files.walk(site.root())) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        Long pid = pid(name);
        if (pid != null && !killed.contains(pid)) {
          throw new InvariantViolation(CRASH, "a process that ended properly left file=" + file);
        }
        if (name.endsWith(".tmp")) {
          temporary.add(file);
        }
      }
    }
    if (temporary.size() > WorkerMain.THREADS * killed.size()) {
      throw new InvariantViolation(
          CRASH,
          "more temporary files than interrupted calls: number="
              + temporary.size()
              + " one="
              + temporary.get(0));
    }
  }

  /** The process that a ledger, or the temporary file of one, belongs to; null for other files. */
  private static @Nullable Long pid(String name) {
    String digits = name.replaceFirst("^\\.?(\\d+)-\\d+-\\d+-[0-9a-f]{16}\\.ops.*$", "$1");
    return digits.equals(name) ? null : Long.valueOf(digits);
  }

  private void requireProbedLedgersGone(Set<Long> killedWithAHandle) throws IOException {
    try (Stream<Path> files = Files.list(site.run())) {
      for (Path file : files.filter(path -> path.toString().endsWith(".ops")).toList()) {
        if (killedWithAHandle.contains(pid(file.getFileName().toString()))) {
          throw new InvariantViolation(CRASH, "found dead, but still there: file=" + file);
        }
      }
    }
  }

  /** Nothing of the original file was lost: order, sections, properties. */
  private void requireOriginalSections(DatastoreConfig now)
      throws IOException, ConfigParseException {
    List<DatastoreSection> original = Installation.below(site.data()).sections();
    for (int i = 0; i < original.size(); i++) {
      DatastoreSection before = original.get(i);
      DatastoreSection after = now.sections().get(i);
      Map<String, String> expected = new TreeMap<>(before.properties());
      Map<String, String> found = new TreeMap<>(after.properties());
      Stream.of(expected, found).forEach(properties -> properties.remove("comment"));
      if (Installation.MAINTAINED.contains(before.name())) {
        found.remove("maintenance-mode");
      }
      if (!before.name().equals(after.name()) || !expected.equals(found)) {
        throw new InvariantViolation(
            "INV-1", "lost in the file: before=" + before + " after=" + after);
      }
    }
  }

  /**
   * Requires that modes can be changed and lookups are granted, in spite of the leftovers of dead
   * processes.
   */
  private static void requireUsable(DatastoreRegistry registry, DatastoreSection section) {
    String name = section.name();
    if (Installation.isScratch(name)) {
      registry.destroy(name, Drain.atMost(Duration.ofSeconds(10)), () -> {});
      return;
    }
    if (Installation.MAINTAINED.contains(name)) {
      registry.setMaintenance(name, MaintenanceMode.OFFLINE, null);
      registry.clearMaintenance(name);
    } else if (section.removable()
        || section.maintenanceMode() != MaintenanceMode.NONE
        || name.equals(Installation.BROKEN)) {
      return;
    }
    try (DatastoreHandle reader = registry.lookup(name, Operation.READ);
        DatastoreHandle writer = registry.lookup(name, Operation.WRITE)) {
      if (!registry.activeOperations(name).equals(new ActiveOperations(1, 1))) {
        throw new InvariantViolation(CRASH, "not counted: " + reader + ", " + writer);
      }
    }
  }
}
