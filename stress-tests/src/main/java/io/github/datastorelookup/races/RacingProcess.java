package io.github.datastorelookup.races;

import io.github.datastorelookup.DatastoreException.DatastoreUnavailable;
import io.github.datastorelookup.DatastoreException.NoSuchDatastore;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.HandleFiles;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.memory.MemoryFiles;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.AtomicWord;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A process of a {@link RaceFixture}: what the actors of races do with its registry. */
public final class RacingProcess {
  private final MemoryProcess process;
  private final DatastoreRegistry registry;

  RacingProcess(MemoryProcess process, DatastoreRegistry registry) {
    this.process = process;
    this.registry = registry;
  }

  DatastoreRegistry registry() {
    return registry;
  }

  /** Loads the config and opens the files of the datastore; from now on lookups are warm. */
  public RacingProcess warm() {
    held(Operation.READ).close();
    return this;
  }

  /** A handle of the datastore; its mode admits the operation. */
  public DatastoreHandle held(Operation operation) {
    return held(RaceFixture.NAME, operation);
  }

  /** The same, of another datastore. */
  public DatastoreHandle held(String name, Operation operation) {
    return registry.lookup(name, operation);
  }

  /** A handle of the datastore, or null when its mode refuses, or there is none any more. */
  public @Nullable DatastoreHandle lookup(String name, Operation operation) {
    try {
      return registry.lookup(name, operation);
    } catch (DatastoreUnavailable | NoSuchDatastore e) {
      return null;
    }
  }

  /** A lookup to write, as a number: 1 for granted, 0 for refused. */
  public int write(String name) {
    return lookup(name, Operation.WRITE) == null ? 0 : 1;
  }

  /** The same, to read. */
  int read(String name) {
    return lookup(name, Operation.READ) == null ? 0 : 1;
  }

  /** Sets the mode. */
  public void set(String name, MaintenanceMode mode) {
    registry.setMaintenance(name, mode, null);
  }

  /** Sets a property that nothing depends on. */
  void comment(String text) {
    registry.update(RaceFixture.NAME, Map.of("comment", text), List.of());
  }

  /** 1 if a lookup of now uses a config with this comment, else 0. */
  int sees(String comment) {
    DatastoreHandle handle = registry.lookup(RaceFixture.NAME, Operation.LOOKUP);
    return comment.equals(handle.section().property("comment")) ? 1 : 0;
  }

  /** How many writers all processes have. */
  public int writers(String name) {
    return registry.activeOperations(name).writes();
  }

  /** The operation word. */
  long word() {
    return process.word(RaceFixture.NAME);
  }

  private static AtomicWord word(MemoryProcess process) {
    return Objects.requireNonNull(process.words().get(RaceFixture.NAME));
  }

  /** Adds to the operation word behind the registry's back. */
  void addToWord(long delta) {
    long unused = word(process).getAndAdd(delta);
  }

  /** 1 if the files of this handle are open, 0 if they were closed. */
  static int open(@Nullable DatastoreHandle handle) {
    return handle != null
            && HandleFiles.of(handle) instanceof MemoryFiles.Open store
            && store.isOpen()
        ? 1
        : 0;
  }
}
