package io.github.datastorelookup.specimens.flaws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.simulation.Fingerprint;
import io.github.datastorelookup.simulation.Schedule;
import io.github.datastorelookup.simulation.Scheduler;
import io.github.datastorelookup.simulation.SimulatedProcess;
import io.github.datastorelookup.simulation.SlowDisk;
import io.github.datastorelookup.simulation.Trace;
import io.github.datastorelookup.simulation.Trace.Kind;
import io.github.datastorelookup.specimens.MemoryOperationFiles.MemoryDisk;
import io.github.datastorelookup.specimens.Specimen;
import io.github.datastorelookup.specimens.SpecimenKind;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A simulated machine for one run of a scenario: two datastores, and processes that all look
 * datastores up in the same way.
 */
final class Bench {
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final long WALL_CLOCK_AT_START = 1_000_000;
  private static final AtomicLong DECISIONS = new AtomicLong();

  final Scheduler scheduler;
  final MemoryHost host;
  final SlowDisk disk;
  final MemoryDisk operations;
  final Narrator narrator;
  final Witness witness;

  private final @Nullable SpecimenKind kind;
  private final List<Subject> processes = new ArrayList<>();
  private long wallClockOffset;

  /** A machine of the library, or if there is a kind, of this specimen. */
  Bench(@Nullable SpecimenKind kind, Schedule schedule, Trace trace) {
    this.kind = kind;
    this.scheduler = new Scheduler(schedule, trace);
    this.host = new MemoryHost(HeapWord::new, scheduler);
    this.disk = new SlowDisk(scheduler);
    this.operations = new MemoryDisk(host);
    this.narrator = new Narrator(scheduler);
    this.witness = new Witness(host, scheduler);
    scheduler.world(this::addTo);
    host.files().create("/a");
    host.files().create("/b");
    config("datastore: aaa\n\tpath /a\n\ndatastore: bbb\n\tcomment first\n\tpath /b\n");
  }

  /** Specimens hide state: no two of theirs are the same, and none of their schedules is cut. */
  private void addTo(Fingerprint state) {
    if (kind == null) {
      state.add(host.state());
      disk.addTo(state);
    } else {
      state.add(DECISIONS.incrementAndGet());
    }
  }

  // ---- what scenarios do ----

  /** Starts a process. The last one is the proxy, which PBS tells of new modes. */
  Subject start() {
    SimulatedProcess process = new SimulatedProcess(host, scheduler, disk, narrator);
    Subject started =
        kind == null
            ? new LibrarySubject(this, process)
            : new PbsSubject(this, process, kind, this::proxy);
    processes.add(started);
    return started;
  }

  private Specimen proxy() {
    PbsSubject proxy = (PbsSubject) processes.get(processes.size() - 1);
    scheduler.note(Kind.NOTE, "  tells " + proxy + " to look up and drop", null);
    return proxy.specimen;
  }

  /** Writes the whole config, and tells nobody. */
  void config(String text) {
    host.writeConfig(text.getBytes(UTF_8));
  }

  /** An edit that nobody is told of. */
  void editByHand(String from, String to) {
    note("an editor writes: " + to.strip());
    config(text().replace(from, to));
  }

  /** The config file as it is. */
  String text() {
    return new String(host.config(), UTF_8);
  }

  /** Lets whoever calls sleep; no process does anything by itself meanwhile. */
  void sleep(int seconds) {
    scheduler.sleep(seconds * SECOND_NANOS);
    note(seconds + " s later");
  }

  /** Lets time pass for all; each second each process does what it does by itself. */
  void pass(int seconds) {
    note(seconds + " s pass");
    for (int i = 0; i < seconds; i++) {
      scheduler.passTime(SECOND_NANOS);
      processes.stream().filter(each -> !each.process.process().isDead()).forEach(Subject::tick);
    }
  }

  void setWallClock(int bySeconds) {
    note("the wall clock is set by " + bySeconds + " s");
    wallClockOffset += bySeconds;
  }

  long wallClockSeconds() {
    return WALL_CLOCK_AT_START + wallClockOffset + scheduler.nanoTime() / SECOND_NANOS;
  }

  private void note(String what) {
    scheduler.note(Kind.END, what, null);
  }

  /** Lets the schedule kill this process at any point of the race. */
  void mayKill(Subject victim) {
    scheduler.mayKill(
        () -> {
          scheduler.note(Kind.NOTE, victim + " is killed", null);
          victim.process.kill();
        });
  }

  /**
   * Each of these has one thread only, unless PBS tells it something: in the library nobody can see
   * an interruption on its heap, so there is none.
   */
  void oneThreadEach(Subject... subjects) {
    if (kind == null) {
      for (Subject subject : subjects) {
        scheduler.unshared(subject.process.sync());
      }
    }
  }

  /** The schedule ended the run: it goes on as another one did. */
  static final class Stopped extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
  }

  /** Runs these at once. */
  void race(Runnable... threads) {
    List.of(threads).forEach(scheduler::thread);
    scheduler.run();
    if (scheduler.stopped()) {
      throw new Stopped();
    }
  }

  /** Takes the lock that writers share. */
  static void lock(DatastoreHandle writer) {
    try {
      var guard = writer.chunkStore().tryShared();
      if (guard == null) {
        throw new IllegalStateException("nobody locks " + writer.name() + " exclusively");
      }
    } catch (IOException e) {
      throw new InvariantViolation("INV-9", "granted a chunk store that is closed: " + e);
    }
  }
}
