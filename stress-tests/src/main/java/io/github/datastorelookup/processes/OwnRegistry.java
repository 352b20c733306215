package io.github.datastorelookup.processes;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A registry of this library. */
record OwnRegistry(DatastoreRegistry registry) implements WorkerRegistry {
  @Override
  public DatastoreHandle lookup(String name, Operation operation) {
    return registry.lookup(name, operation);
  }

  @Override
  public void comment(String name, String comment) {
    registry.update(name, Map.of("comment", comment), List.of());
  }

  @Override
  public void create(DatastoreSection section) {
    registry.create(section);
  }

  @Override
  public void destroy(String name, Duration timeout, Runnable task) {
    registry.destroy(name, Drain.atMost(timeout), task::run);
  }

  @Override
  public void unmount(String name, String message, Duration timeout, Runnable task) {
    Drain drain = Drain.atMost(timeout);
    registry.runMaintenance(name, MaintenanceMode.UNMOUNT, message, drain, task::run);
  }

  @Override
  public void setMode(String name, MaintenanceMode mode, String message) {
    registry.setMaintenance(name, mode, message);
  }

  @Override
  public void clearMode(String name) {
    registry.clearMaintenance(name);
  }

  @Override
  public ActiveOperations count(String name) {
    return registry.activeOperations(name);
  }

  @Override
  public void refresh() {
    registry.refresh();
  }

  @Override
  public void close() {
    registry.close();
  }
}
