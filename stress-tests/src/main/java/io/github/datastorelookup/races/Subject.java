package io.github.datastorelookup.races;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.races.RaceMachine.SpinningSeam;
import io.github.datastorelookup.specimens.MemoryOperationFiles;
import io.github.datastorelookup.specimens.MemoryOperationFiles.Disk;
import io.github.datastorelookup.specimens.Specimen;
import io.github.datastorelookup.specimens.SpecimenKind;
import io.github.datastorelookup.specimens.Surroundings;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What races do whose wrong version is another lookup altogether. There are two processes; the
 * first holds the datastore, the second edits.
 */
abstract class Subject {
  final RaceMachine machine = new RaceMachine();

  private Subject() {}

  /** The library. */
  static Subject ours() {
    return new Ours();
  }

  /** A lookup of PBS. */
  static Subject specimen(SpecimenKind kind) {
    return new OfPbs(kind);
  }

  abstract DatastoreHandle last();

  abstract DatastoreHandle lookup();

  abstract void save();

  abstract void setOffline();

  abstract void outliveTtl();

  void dropLast() {
    last().close();
  }

  /** Takes a LOOKUP, and keeps it. */
  void view() {
    DatastoreHandle unused = lookup();
  }

  /** Drops the last handle, and looks at the config, unless the drop did. */
  void reload() {
    dropLast();
  }

  int open() {
    return machine.open();
  }

  /** 1 if a lookup of now sees the save. */
  int sees() {
    return "new".equals(lookup().section().property("comment")) ? 1 : 0;
  }

  private static final class Ours extends Subject {
    private final RacingProcess process = machine.process(Bend::slowReads);
    private final RacingProcess other = machine.process();
    private final DatastoreHandle last = process.held(Operation.READ);

    @Override
    DatastoreHandle last() {
      return last;
    }

    @Override
    DatastoreHandle lookup() {
      return process.held(Operation.LOOKUP);
    }

    @Override
    void reload() {
      dropLast();
      int unused = sees();
    }

    @Override
    void save() {
      other.comment("new");
    }

    @Override
    void setOffline() {
      other.set(RaceMachine.NAME, MaintenanceMode.OFFLINE);
    }

    @Override
    void outliveTtl() {
      machine.outliveTtl();
    }
  }

  private static final class OfPbs extends Subject {
    private final SpecimenKind kind;
    private final AtomicLong wallClock = new AtomicLong();
    private final Disk disk = new Disk(machine.host());
    private final Specimen process;
    private final Specimen other;
    private final DatastoreHandle last;

    OfPbs(SpecimenKind kind) {
      this.kind = kind;
      process = start();
      other = start();
      last = process.lookup(RaceMachine.NAME, Operation.READ);
    }

    private Specimen start() {
      MemoryProcess started = machine.host().start(new SpinningSeam());
      return kind.create(
          new Surroundings(
              Bend.slowReads(started.ports()),
              new MemoryOperationFiles(disk, started, started.ports()),
              wallClock::get));
    }

    @Override
    DatastoreHandle last() {
      return last;
    }

    @Override
    DatastoreHandle lookup() {
      return process.lookup(RaceMachine.NAME, Operation.LOOKUP);
    }

    @Override
    void save() {
      other.save(OfPbs::edited);
    }

    private static DatastoreConfig edited(DatastoreConfig config) {
      return config.with(
          Objects.requireNonNull(config.find(RaceMachine.NAME)).withProperty("comment", "new"));
    }

    @Override
    void setOffline() {
      other.setMode(RaceMachine.NAME, MaintenanceMode.OFFLINE, null);
    }

    @Override
    void outliveTtl() {
      wallClock.set(60);
    }
  }
}
