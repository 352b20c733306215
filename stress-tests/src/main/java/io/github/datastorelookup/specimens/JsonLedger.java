package io.github.datastorelookup.specimens;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.port.Ports;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentMap;

/**
 * The counts of operations: a JSON array for each datastore with one entry for each process,
 * replaced under a lock at every update.
 *
 * <p>Flaw P1 is here: subtracting without an own entry adds instead, as a new entry starts with 1
 * for either sign.
 */
final class JsonLedger {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<Entry>> ENTRIES = new TypeReference<>() {};

  private final OperationFiles files;
  private final Ports ports;
  private final ConcurrentMap<String, PolledLock> locks;

  JsonLedger(OperationFiles files, Ports ports) {
    this.files = files;
    this.ports = ports;
    this.locks = ports.sync().newMap("locks");
  }

  /** One process. */
  private record Entry(
      long pid, long starttime, @JsonProperty("active_operations") Counts operations) {}

  /** Its operations. */
  private record Counts(long read, long write) {
    Counts plus(Counts other) {
      return new Counts(read + other.read, write + other.write);
    }

    static Counts of(Operation operation, int number) {
      return switch (operation) {
        case READ -> new Counts(number, 0);
        case WRITE -> new Counts(0, number);
        case LOOKUP -> new Counts(0, 0);
      };
    }
  }

  /**
   * Adds to the counts of this process, and forgets dead processes.
   *
   * @param delta 1 or -1
   * @return whether this process has no operation on the datastore any more
   * @throws IOException when the file cannot be read or replaced
   */
  boolean update(String name, Operation operation, int delta) throws IOException {
    PolledLock lock = locks.computeIfAbsent(name, key -> new PolledLock(files.lock(key), ports));
    lock.acquire();
    try {
      long self = files.pid();
      Counts own = null;
      List<Entry> entries = new ArrayList<>();
      for (Entry entry : read(name)) {
        if (!alive(entry)) {
          continue;
        }
        if (entry.pid == self) {
          own = entry.operations.plus(Counts.of(operation, delta));
          entries.add(new Entry(self, entry.starttime, own));
        } else {
          entries.add(entry);
        }
      }
      if (own == null) {
        own = Counts.of(operation, 1); // P1: for either sign of delta
        entries.add(new Entry(self, files.startTime(self), own));
      }
      files.replace(name, JSON.writeValueAsBytes(entries));
      return own.read == 0 && own.write == 0;
    } finally {
      lock.release();
    }
  }

  /** The operations of all live processes. */
  ActiveOperations counts(String name) throws IOException {
    Counts all = new Counts(0, 0);
    for (Entry entry : read(name)) {
      if (alive(entry)) {
        all = all.plus(entry.operations);
      }
    }
    return new ActiveOperations((int) all.read, (int) all.write);
  }

  private List<Entry> read(String name) throws IOException {
    byte[] content = files.read(name);
    return content == null || content.length == 0 ? List.of() : JSON.readValue(content, ENTRIES);
  }

  private boolean alive(Entry entry) {
    return files.startTime(entry.pid) == entry.starttime;
  }
}
