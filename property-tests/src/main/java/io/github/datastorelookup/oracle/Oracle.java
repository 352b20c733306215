package io.github.datastorelookup.oracle;

import static io.github.datastorelookup.rules.Require.require;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.memory.MemoryFiles;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.model.ModelState;
import io.github.datastorelookup.rules.Freshness.Floor;
import io.github.datastorelookup.simulation.Fingerprint;
import io.github.datastorelookup.simulation.Scheduler;
import io.github.datastorelookup.simulation.SlowDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The one place that decides what must hold. Every suite asks it; every failure carries an
 * invariant's id. How it checks each:
 *
 * <ul>
 *   <li>INV-1 visibility: {@link ConfigHistory} knows each text that the file ever had and which
 *       saves had returned when a lookup began; sequentially also by the model's exact answers.
 *   <li>INV-2 staleness bound: the same for manual edits that are a TTL old; its second sentence by
 *       the model, which says when a load has to bump. A process on a replaced generation page does
 *       not see saves: for it the bound covers any edit.
 *   <li>INV-3 admission: {@link AdmissionChecker} knows since when a process saw the words drained,
 *       checks all handles then and when a task of a drain begins, and each grant until the mode
 *       ends. Leaves out a process whose ledger was deleted: no other process sees it.
 *   <li>INV-4 one chunk store: {@link StateChecker} checks the open files of each process after
 *       each step, and the lost locks of writers.
 *   <li>INV-5 release: never more open files than words that are not exactly CLOSED, after each
 *       step. Nothing is open when the task of a clearing drain begins, at the end of a scenario
 *       that says so, and sequentially where the model says closed.
 *   <li>INV-6 conservation: no word below the live handles after each step, and equal to them while
 *       no command runs.
 *   <li>INV-7 pairing: bumps and replacements only with the config lock held ({@link
 *       PortRuleChecker}); a wrong pair shows as INV-1, also after a kill between bump and
 *       replacement.
 *   <li>INV-8 quiet: the generation never goes back, and there are no more bumps outside of saves
 *       than manual edits; sequentially exactly the model's.
 *   <li>INV-9 exactly once: no chunk store is closed twice or under a live handle, or granted
 *       closed; sequentially none is closed without a reason.
 *   <li>INV-10 fidelity: the path of a granted chunk store is that of its section.
 *   <li>INV-11 bounded lock: with the config lock held no call of a chunk store, no callback, no
 *       mutex, no pause, no other lock; while a datastore hangs nothing else takes long.
 *   <li>INV-12 crash: scenarios kill a process at each scheduling point; afterwards no command may
 *       be refused for want of a lock, of a ledger, or because of the dead process's counts.
 *   <li>INV-13 fail closed: answers and file are the model's ({@link AnswerClassifier} knows which
 *       wrong answers break another invariant). Any refusal is typed, and says "busy" only after
 *       the lock timeout. A save makes only the change that the caller asked for.
 *   <li>INV-14 names: only safe ids reach the names of lock files and entries of ledgers. The unit
 *       tests of the POSIX ports cover the modes of files and symbolic links.
 *   <li>INV-15 promises: the unit tests of the API; nothing here.
 * </ul>
 */
public final class Oracle {
  private final MemoryHost host;
  private final Scheduler scheduler;
  private final AdmissionChecker admission;
  private final StateChecker stateChecker;
  private final ConfigHistory history;
  private final AnswerChecker answers;
  private final RefusalChecker refusals;
  private final Map<Thread, Running> running = new HashMap<>();
  private Map<Command, Scenario.Promise> promises = Map.of();
  private final RealTimeChecker realTime = new RealTimeChecker();
  private int bumpsOfLoads;

  /** A command that a process has begun. */
  record Running(
      ClusterProcess member, Command command, long since, Floor floor, RealTimeChecker.Call call) {}

  Oracle(MemoryHost host, List<ClusterProcess> members, Scheduler scheduler, SlowDisk disk) {
    this.host = host;
    this.scheduler = scheduler;
    this.admission = new AdmissionChecker(host, members, scheduler.memory());
    this.stateChecker = new StateChecker(host, members);
    this.history = new ConfigHistory(host);
    this.answers = new AnswerChecker(host, members);
    this.refusals = new RefusalChecker(host, disk);
  }

  /** Checks what must hold between any two steps of any threads. */
  public void checkEveryState() {
    history.look(false, scheduler.nanoTime());
    stateChecker.checkEveryState();
  }

  /** Adds its own state: two states in which it will judge differently are not the same. */
  void addTo(Fingerprint state) {
    history.addTo(state);
    admission.addTo(state);
    state.add(bumpsOfLoads);
  }

  /** Checks that words equal the live handles, while no command runs. */
  public void checkCounts() {
    stateChecker.checkCounts();
  }

  /** Checks that no files are open after a race that closed every handle, in a clearing mode. */
  public void checkAllClosed() {
    stateChecker.checkAllClosed();
  }

  /** Checks a command after its end, while no other runs. */
  public void check(
      ModelState before, Command command, Answer expected, Answer actual, ModelState after) {
    checkEveryState();
    checkCounts();
    answers.check(before, command, expected, actual, after);
  }

  /** What it knows of refusals. */
  RefusalChecker refusals() {
    return refusals;
  }

  /** A race begins, in which these commands must keep their promises. */
  void race(Map<Command, Scenario.Promise> answers) {
    promises = answers;
    realTime.start(ModelConfig.parse(new String(host.config(), StandardCharsets.UTF_8)));
  }

  /** The program is over, and with it what its commands promise; each of them has its answer. */
  void over() {
    promises = Map.of();
    scheduler.afterEachStep(() -> {}); // from here on no commands overlap
    running
        .values()
        .forEach(each -> require(false, "INV-11").or("no answer to %s", each.command()));
  }

  /** The race is over. Returns whether its linearizability is unknown. */
  boolean raced() {
    checkEveryState();
    checkCounts();
    return realTime.check();
  }

  // ---- commands

  Running begins(ClusterProcess member, Command command) {
    long now = scheduler.nanoTime();
    history.look(false, now);
    Floor floor = member.oldPage ? history.floorOfOldPage(now) : history.floor(now);
    scheduler.picked(floor);
    scheduler.picked(realTime.returned());
    Running begun = new Running(member, command, now, floor, realTime.begins(command));
    running.put(Thread.currentThread(), begun);
    return begun;
  }

  void ends(Running ended, Answer answer) {
    realTime.ends(ended.call(), answer);
    Integer written = ended.member().rules.writtenByThis();
    if (written != null) {
      history.saved(written);
    }
    EditChecker.checkEnd(ended.command(), answer, written == null ? null : history.config(written));
    if (ended.command() instanceof Command.Lookup lookup && !answer.outcome().equals("granted")) {
      history.refused(ended.floor(), lookup, answer);
    }
    Scenario.Promise promise = promises.get(ended.command());
    require(
            promise == null || promise.outcomes().contains(answer.outcome()),
            promise == null ? "INV-13" : promise.invariant())
        .or(
            "%s => %s, expected one of %s",
            ended.command(), answer, promise == null ? "" : new TreeSet<>(promise.outcomes()));
    refusals.ended(ended.command(), answer, scheduler.nanoTime() - ended.since());
    running.remove(Thread.currentThread());
  }

  void killed(ClusterProcess member) {
    member.rules.die().forEach(history::saved);
    running.values().removeIf(each -> each.member() == member);
    admission.dead(member);
  }

  /** What it knows of modes, and of drains. */
  AdmissionChecker admission() {
    return admission;
  }

  /** A callback of a drain begins. */
  void callback(ClusterProcess member, String what) {
    member.rules.notUnderConfigLock(what);
  }

  // ---- handles

  /** A lookup or a duplicate has just granted this handle. */
  void granted(ClusterProcess member, DatastoreHandle handle) {
    Running by = running.get(Thread.currentThread());
    if (by != null && by.command() instanceof Command.Lookup) {
      history.granted(by.floor(), handle.operation(), handle.section());
    }
    if (handle.operation() == Operation.LOOKUP) {
      return;
    }
    admission.granted(member, handle);
    MemoryFiles.Open store = ClusterProcess.Held.filesOf(handle);
    require(scheduler.memory().hasSeen("data at " + store.path()), "INV-3")
        .or("%s was granted, and no order says that the task on its data was over", handle);
    require(store.isOpen(), "INV-9").or("%s was granted with a closed chunk store", handle);
    require(store.path().equals(handle.section().absolutePath()), "INV-10")
        .or(
            "%s is at %s, its section at %s",
            handle, store.path(), handle.section().absolutePath());
    require(store.writable() || handle.operation() == Operation.READ, "INV-10")
        .or("%s has a store for reading only", handle);
    require(store.process() == member.process(), "INV-10")
        .or("%s has a store of another process", handle);
  }

  /** A handle is about to be closed: until now its files were in use. */
  void used(ClusterProcess.Held held) {
    if (held.store() != null) {
      scheduler.memory().touches(held.store());
      scheduler.memory().touches("files at " + held.store().path());
    }
  }

  /** A lock on the granted chunk store failed. */
  void grantedClosed(DatastoreHandle handle, IOException e) {
    String why = String.valueOf(e.getMessage());
    require(false, "INV-9").or("%s was granted with a chunk store that fails: %s", handle, why);
  }

  // ---- config

  void editedByHand() {
    realTime.editedByHand();
    history.look(true, scheduler.nanoTime());
  }

  /** This thread replaces the file now; it read the old text under the same config lock. */
  void replaces(@Nullable String read, String text) {
    Running by = running.get(Thread.currentThread());
    if (by != null) {
      String before =
          Objects.requireNonNullElse(read, new String(host.config(), StandardCharsets.UTF_8));
      ModelConfig after = ModelConfig.parse(text);
      EditChecker.check(by.command(), ModelConfig.parse(before), after);
      realTime.saved(by.call(), after);
      admission.replaced(after);
      if (by.command() instanceof Command.Create create) {
        admission.created(create.name());
      }
    }
  }

  /** The file was replaced; returns the number of the text. */
  int replaced() {
    history.look(false, scheduler.nanoTime());
    scheduler.picked(history.newest());
    return history.newest();
  }

  /** Replacing the file failed: the number of the text, if it is there all the same. */
  OptionalInt replacedPerhaps(String text) {
    boolean there = text.equals(new String(host.config(), StandardCharsets.UTF_8));
    return there ? OptionalInt.of(replaced()) : OptionalInt.empty();
  }

  /** A thread releases the config lock after this many bumps. */
  void bumped(int times, boolean saved) {
    bumpsOfLoads += saved ? 0 : times;
    require(bumpsOfLoads <= history.editsByHand(), "INV-8")
        .or(
            "%s bumps outside of saves, and only %s manual edits",
            bumpsOfLoads, history.editsByHand());
  }
}
