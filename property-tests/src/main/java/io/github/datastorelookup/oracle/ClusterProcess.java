package io.github.datastorelookup.oracle;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.HandleFiles;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.memory.MemoryFiles;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.ChunkStores.Guard;
import io.github.datastorelookup.rules.Live;
import io.github.datastorelookup.simulation.Fingerprint;
import io.github.datastorelookup.simulation.SimulatedProcess;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process of a cluster: its registry, and what it holds. */
final class ClusterProcess {
  final SimulatedProcess simulated;
  private final Subject.Opener opener;
  private final int number;
  final PortRuleChecker rules;
  final List<Held> held = new ArrayList<>();
  final List<DatastoreHandle> closed = new ArrayList<>();
  Subject subject;
  boolean alive = true;
  boolean registryClosed;

  /** Its generation page was replaced. */
  boolean oldPage;

  /** Its ledger was deleted: other processes do not see what it has. */
  boolean ledgerLost;

  /** It lost the lock on its ledger. */
  boolean lockLost;

  /** The digest of the config that it read last, or of none. */
  String digest = "0";

  /** A live handle, its files, and the lock of a writer. */
  record Held(DatastoreHandle handle, MemoryFiles.@Nullable Open store, @Nullable Guard writerLock)
      implements Live {
    static Held of(DatastoreHandle handle, @Nullable Guard writerLock) {
      boolean counted = handle.operation() != Operation.LOOKUP;
      return new Held(handle, counted ? filesOf(handle) : null, writerLock);
    }

    static MemoryFiles.Open filesOf(DatastoreHandle handle) {
      return (MemoryFiles.Open) SimulatedProcess.unwrap(HandleFiles.of(handle));
    }

    @Override
    public String name() {
      return handle.name();
    }

    @Override
    public Operation operation() {
      return handle.operation();
    }

    /** Before any promise: {@link ConfigHistory} judges what a LOOKUP may see. */
    @Override
    public int asked() {
      return 0;
    }

    @Override
    public String toString() {
      return handle.toString();
    }
  }

  ClusterProcess(
      SimulatedProcess simulated, PortRuleChecker rules, Subject.Opener opener, int number) {
    this.simulated = simulated;
    this.rules = rules;
    this.opener = opener;
    this.number = number;
    this.subject = opener.apply(simulated, number);
  }

  /** Opens another registry in this process. */
  void reopen() {
    subject = opener.apply(simulated, number);
    registryClosed = false;
    ledgerLost = false;
    lockLost = false;
    digest = "0";
  }

  void addTo(Fingerprint state) {
    state.addValue(alive).addValue(registryClosed).add(closed.size());
    state.addValue(oldPage).addValue(ledgerLost).addValue(lockLost).add(digest);
    held.forEach(each -> state.addValue(each.handle()).addValue(each.writerLock() == null));
  }

  /** Whether its registry knows, or will, that others do not hear it or see it (T3). */
  boolean useless() {
    return oldPage || ledgerLost || lockLost;
  }

  MemoryProcess process() {
    return simulated.process();
  }

  /** The handle that it has held longest for this datastore, or null. */
  @Nullable Held oldest(String name) {
    return held.stream().filter(h -> h.handle().name().equals(name)).findFirst().orElse(null);
  }
}
