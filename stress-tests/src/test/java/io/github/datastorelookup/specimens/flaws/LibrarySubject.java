package io.github.datastorelookup.specimens.flaws;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.simulation.SimulatedProcess;
import java.time.Duration;
import java.util.Map;

/** A process with a registry of the library; its watcher is {@link #tick}. */
final class LibrarySubject extends Subject {
  private static final Drain PATIENT = Drain.atMost(Duration.ofMinutes(10));

  private final DatastoreRegistry registry;

  LibrarySubject(Bench bench, SimulatedProcess process) {
    super(bench, process);
    this.registry = DatastoreRegistry.builder(process.ports()).withoutWatcher().open();
  }

  @Override
  DatastoreHandle doLookup(String name, Operation operation) {
    return registry.lookup(name, operation);
  }

  @Override
  void doCreate(String name, String path) {
    registry.create(DatastoreSection.of(name, Map.of("path", path)));
  }

  @Override
  void doSetMode(String name, MaintenanceMode mode) {
    registry.setMaintenance(name, mode, null);
  }

  @Override
  void doDestroy(String name) {
    registry.destroy(name, PATIENT, () -> {});
  }

  @Override
  void doMaintain(String name, MaintenanceMode mode, Runnable task) {
    registry.runMaintenance(name, mode, null, PATIENT, task::run);
  }

  @Override
  void tick() {
    registry.refresh();
  }

  @Override
  ActiveOperations count(String name) {
    return registry.activeOperations(name);
  }

  @Override
  void failCounting(boolean fails) {
    process.process().failLedger(fails ? "no space left on device" : null);
  }

  @Override
  void loseCounts() {
    process.process().replaceLedger();
  }
}
