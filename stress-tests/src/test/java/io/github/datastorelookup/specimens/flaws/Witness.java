package io.github.datastorelookup.specimens.flaws;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.memory.MemoryFiles.Open;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.port.Ticker;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What anybody can see of a machine from outside, and judge by: nothing here depends on what its
 * processes look datastores up with.
 */
final class Witness {
  private static final long SECOND_NANOS = 1_000_000_000;

  private final MemoryHost host;
  private final Ticker ticker;
  private int checks;

  Witness(MemoryHost host, Ticker ticker) {
    this.host = host;
    this.ticker = ticker;
  }

  /** Anything that has to hold. */
  void require(String invariant, boolean holds, String otherwise) {
    checks++;
    if (!holds) {
      throw new InvariantViolation(invariant, otherwise);
    }
  }

  /** INV-4: each process has each {@code .lock} open once at most. */
  void oneChunkStoreEach() {
    Set<String> seen = new HashSet<>();
    for (Open store : host.files().open()) {
      boolean first = seen.add(store.process() + " " + store.identity());
      require(
          "INV-4", first, store.process() + " has the .lock of " + store.path() + " open twice");
    }
    checks++; // also when nothing is open
  }

  /** INV-4: nobody lost a record lock by closing another descriptor of the file. */
  void locksKept() {
    int lost = host.files().lostLocks();
    require("INV-4", lost == 0, lost + " record lock lost: another descriptor of .lock was closed");
  }

  /** INV-5: nobody has the datastore at this path open. */
  void closed(String path, String when) {
    for (Open store : host.files().open()) {
      require(
          "INV-5", !store.path().equals(path), store.process() + " has " + path + " open " + when);
    }
    checks++;
  }

  /** INV-6: the operations that this process counts are the handles that there are. */
  void counted(Subject by, int reads, int writes) {
    ActiveOperations counted = by.count("aaa");
    require(
        "INV-6",
        counted.equals(new ActiveOperations(reads, writes)),
        String.format(
            Locale.ROOT,
            "reads=%d writes=%d are counted, reads=%d writes=%d are open",
            counted.reads(),
            counted.writes(),
            reads,
            writes));
  }

  /** INV-11: a lookup of a datastore that has nothing to do with all this takes no second. */
  void prompt(Subject who, String name) {
    long start = ticker.nanoTime();
    DatastoreHandle handle = who.lookup(name, Operation.READ);
    long waited = (ticker.nanoTime() - start) / SECOND_NANOS;
    String what = "a lookup of " + name + " was kept waiting for " + waited + " s";
    require("INV-11", waited == 0, what + (handle == null ? ", and refused" : ""));
    require("INV-11", handle != null, "a lookup of " + name + " was refused");
    if (handle != null) {
      who.close(handle);
    }
  }

  /** How often something was looked at. */
  int checks() {
    return checks;
  }
}
