package io.github.datastorelookup.specimens.flaws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.memory.MemoryFiles.Open;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.port.ConfigFile;
import io.github.datastorelookup.simulation.Fingerprint;
import io.github.datastorelookup.simulation.PortListener;
import io.github.datastorelookup.simulation.Schedule;
import io.github.datastorelookup.simulation.Scheduler;
import io.github.datastorelookup.simulation.SimulatedProcess;
import io.github.datastorelookup.simulation.SlowDisk;
import io.github.datastorelookup.simulation.Trace;
import io.github.datastorelookup.simulation.Trace.Kind;
import io.github.datastorelookup.specimens.MemoryOperationFiles.Disk;
import io.github.datastorelookup.specimens.Specimen;
import io.github.datastorelookup.specimens.SpecimenKind;
import java.io.IOException;
import java.io.Serial;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A simulated machine for one run of a scenario: two datastores, processes that all look datastores
 * up in the same way, and what anybody can see of them from outside. It judges by that alone, so it
 * need not know which way that is.
 */
final class Bench {
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final Pattern MODE = Pattern.compile("maintenance-mode (\\S+)");
  private static final long WALL_CLOCK_AT_START = 1_000_000;
  private static final AtomicLong DECISIONS = new AtomicLong();

  final Scheduler scheduler;
  final MemoryHost host;
  final SlowDisk disk;
  final Disk operations;

  private final @Nullable SpecimenKind kind;
  private final List<Subject> processes = new ArrayList<>();
  private long wallClockOffset;
  private int checks;

  /** A machine of the library, or if there is a kind, of this specimen. */
  Bench(@Nullable SpecimenKind kind, Schedule schedule, Trace trace) {
    this.kind = kind;
    this.scheduler = new Scheduler(schedule, trace);
    this.host = new MemoryHost(HeapWord::new, scheduler);
    this.disk = new SlowDisk(scheduler);
    this.operations = new Disk(host);
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
    SimulatedProcess process = new SimulatedProcess(host, scheduler, disk, new Reader());
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

  /** Tells the trace what a process read or wrote. */
  private final class Reader implements PortListener {
    @Override
    public void returned(
        Object port, Method method, Object @Nullable [] args, @Nullable Object result) {
      Object bytes = args == null || args.length == 0 ? result : args[0];
      if (port instanceof ConfigFile && bytes instanceof byte[] text) {
        says(mode(new String(text, UTF_8)));
      }
    }
  }

  private static String mode(String config) {
    Matcher mode = MODE.matcher(config);
    boolean known = config.contains("datastore: aaa");
    return mode.find() ? "aaa " + mode.group(1) : known ? "aaa in no mode" : "no aaa";
  }

  /** Adds to the trace what the step before it read or wrote. */
  void says(String what) {
    scheduler.note(Kind.NOTE, Traces.SAYS + what, null);
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

  /** Lets the thread that calls sleep. */
  void sleep(int seconds) {
    scheduler.sleep(seconds * SECOND_NANOS);
    scheduler.note(Kind.NOTE, seconds + " s later", null);
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
        scheduler.unshared(subject.process.seam());
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

  // ---- what can be seen ----

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
      String what = store.process() + " has the .lock of " + store.path() + " open";
      require("INV-4", seen.add(what), what + " twice");
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
            "reads=%d writes=%d are counted, reads=%d writes=%d are open",
            counted.reads(), counted.writes(), reads, writes));
  }

  /** INV-11: a lookup of a datastore that has nothing to do with all this takes no second. */
  void prompt(Subject who, String name) {
    long start = scheduler.nanoTime();
    DatastoreHandle handle = who.lookup(name, Operation.READ);
    long waited = (scheduler.nanoTime() - start) / SECOND_NANOS;
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
