package io.github.datastorelookup.races;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.races.RaceFixture.SpinningSync;
import io.github.datastorelookup.specimens.MemoryOperationFiles;
import io.github.datastorelookup.specimens.MemoryOperationFiles.MemoryDisk;
import io.github.datastorelookup.specimens.Specimen;
import io.github.datastorelookup.specimens.SpecimenKind;
import io.github.datastorelookup.specimens.Surroundings;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The steps of races whose wrong version is a different lookup. The first of two processes holds
 * the datastore, the second edits.
 */
abstract class LookupUnderTest {
  final RaceFixture fixture = new RaceFixture();

  private LookupUnderTest() {}

  /** The library. */
  static LookupUnderTest library() {
    return new Library();
  }

  /** A lookup of PBS. */
  static LookupUnderTest pbs(SpecimenKind kind) {
    return new Pbs(kind);
  }

  /** Drops the last handle. */
  abstract void dropLast();

  abstract DatastoreHandle lookup();

  abstract void save();

  /** The same, in offline. */
  abstract LookupUnderTest offline();

  /** The same, with copies of the config that are too old. */
  abstract LookupUnderTest outdated();

  /** Takes a LOOKUP, and keeps it. */
  void view() {
    DatastoreHandle unused = lookup();
  }

  /** Drops the last handle, and looks at the config, unless the drop did. */
  void reload() {
    dropLast();
  }

  int open() {
    return fixture.open();
  }

  /** 1 if a lookup of now sees the save. */
  int sees() {
    return "new".equals(lookup().section().property("comment")) ? 1 : 0;
  }

  private static final class Library extends LookupUnderTest {
    private final RacingProcess process = fixture.process(WeakenedPorts::slowReads);
    private final RacingProcess other = fixture.process();
    private final DatastoreHandle last = process.held(Operation.READ);

    @Override
    void dropLast() {
      last.close();
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
    LookupUnderTest offline() {
      other.set(RaceFixture.NAME, MaintenanceMode.OFFLINE);
      return this;
    }

    @Override
    LookupUnderTest outdated() {
      fixture.outliveTtl();
      return this;
    }
  }

  private static final class Pbs extends LookupUnderTest {
    private final SpecimenKind kind;
    private final AtomicLong wallClock = new AtomicLong();
    private final MemoryDisk disk = new MemoryDisk(fixture.host());
    private final Specimen process;
    private final Specimen other;
    private final DatastoreHandle last;

    Pbs(SpecimenKind kind) {
      this.kind = kind;
      process = start();
      other = start();
      last = process.lookup(RaceFixture.NAME, Operation.READ);
    }

    private Specimen start() {
      MemoryProcess started = fixture.host().start(new SpinningSync());
      return kind.create(
          new Surroundings(
              WeakenedPorts.slowReads(started.ports()),
              new MemoryOperationFiles(disk, started, started.ports()),
              wallClock::get));
    }

    @Override
    void dropLast() {
      last.close();
    }

    @Override
    DatastoreHandle lookup() {
      return process.lookup(RaceFixture.NAME, Operation.LOOKUP);
    }

    @Override
    void save() {
      other.save(Pbs::edited);
    }

    private static DatastoreConfig edited(DatastoreConfig config) {
      return config.with(
          Objects.requireNonNull(config.find(RaceFixture.NAME)).withProperty("comment", "new"));
    }

    @Override
    LookupUnderTest offline() {
      other.setMode(RaceFixture.NAME, MaintenanceMode.OFFLINE, null);
      return this;
    }

    @Override
    LookupUnderTest outdated() {
      wallClock.set(60);
      return this;
    }
  }
}
