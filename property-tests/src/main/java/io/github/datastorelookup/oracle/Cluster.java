package io.github.datastorelookup.oracle;

import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.memory.MemoryFiles;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.ExternalEvent;
import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.simulation.Schedule;
import io.github.datastorelookup.simulation.Scheduler;
import io.github.datastorelookup.simulation.SimulatedProcess;
import io.github.datastorelookup.simulation.SlowDisk;
import io.github.datastorelookup.simulation.Trace;
import io.github.datastorelookup.simulation.Trace.Kind;
import io.github.datastorelookup.weak.MemoryModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Some processes on one simulated machine, and what they hold. Runs commands on real registries and
 * reports to the oracle.
 */
public final class Cluster {
  /** The TTL of all registries, in seconds. */
  public static final int TTL_SECONDS = 60;

  /** Of all registries. */
  public static final Duration LOCK_TIMEOUT = Duration.ofMillis(1);

  private final List<ClusterProcess> members = new ArrayList<>();
  private final MemoryHost host;
  private final Oracle oracle;
  private final Scheduler scheduler;
  private final SlowDisk disk;
  private final CommandRunner runner;
  private final Nemesis nemesis;
  private final Subject.Opener opener;
  private boolean portsOnly;
  private BiConsumer<Command, Answer> told = (command, answer) -> {};

  /** A cluster of this many started processes. */
  public Cluster(Schedule schedule, Trace trace, int processes) {
    this(schedule, trace, processes, MemoryModel.SEQUENTIAL, Subject::own);
  }

  /** The same, of processes with such registries, on such memory. */
  Cluster(
      Schedule schedule, Trace trace, int processes, MemoryModel memory, Subject.Opener opener) {
    this.opener = opener;
    this.scheduler = new Scheduler(schedule, trace);
    scheduler.memory(memory.in(scheduler));
    this.host = new MemoryHost(scheduler.memory()::word, scheduler);
    this.disk = new SlowDisk(scheduler);
    this.oracle = new Oracle(host, members, scheduler, disk);
    ManualEditor editor = new ManualEditor(host, oracle, scheduler);
    this.runner = new CommandRunner(host, oracle, editor);
    this.nemesis = new Nemesis(host, scheduler, disk, editor, members);
    scheduler.afterEachStep(oracle::checkEveryState);
    scheduler.world(
        state -> {
          state.add(host.state());
          oracle.addTo(state);
          disk.addTo(state);
          members.forEach(member -> member.addTo(state));
        });
    for (int i = 0; i < processes; i++) {
      members.add(start(i, true));
    }
  }

  private ClusterProcess start(int number, boolean counter) {
    PortRuleChecker rules = new PortRuleChecker(oracle);
    AtomicWord page = host.generation();
    host.hideGeneration(!counter);
    try {
      SimulatedProcess simulated = new SimulatedProcess(host, scheduler, disk, rules);
      if (portsOnly) {
        scheduler.unshared(simulated.sync());
      }
      ClusterProcess member = new ClusterProcess(simulated, rules, opener, number);
      member.oldPage = host.generation() != page; // replaced while it opened it
      return member;
    } finally {
      host.hideGeneration(false);
    }
  }

  /** Reports the answer of each command from now on. */
  void tells(BiConsumer<Command, Answer> listener) {
    told = listener;
  }

  /** The oracle that checks it. */
  public Oracle oracle() {
    return oracle;
  }

  /** Allows interruptions only at what processes share: not on a heap, nor at the clock. */
  void portsOnly() {
    portsOnly = true;
    scheduler.unshared(scheduler);
    members.forEach(member -> scheduler.unshared(member.simulated.sync()));
  }

  /** The files of the last handle granted to this process that it still has, or null. */
  MemoryFiles.@Nullable Open grantedLast(int process) {
    List<ClusterProcess.Held> held = members.get(process).held;
    return held.isEmpty() ? null : held.get(held.size() - 1).store();
  }

  /** The machine. */
  MemoryHost host() {
    return host;
  }

  /** Lets the schedule of {@link #runTogether} kill this process once. */
  public void mayKill(int process) {
    scheduler.mayKill(
        () -> {
          scheduler.note(Kind.NOTE, new Command.Kill(process).toString(), null);
          kill(members.get(process));
        });
  }

  /** Runs each program on a thread of its own, one step of one thread at a time. */
  public void runTogether(List<List<Command>> programs) {
    for (ClusterProcess member : members) {
      int number = members.indexOf(member);
      long users = programs.stream().filter(program -> uses(program, number)).count();
      if (users < 2) {
        scheduler.unshared(member.simulated.sync());
      }
    }
    for (List<Command> program : programs) {
      scheduler.thread(
          role(program),
          () -> {
            Command last = null;
            for (Command command : program) {
              if (last instanceof ExternalEvent && command instanceof ExternalEvent) {
                scheduler.outsideEvent("between two events");
              }
              Answer unused = run(command);
              last = command;
            }
          });
    }
    scheduler.run();
  }

  private static String role(List<Command> program) {
    return program.stream()
        .map(command -> command.process() < 0 ? "environment" : "p" + command.process())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static boolean uses(List<Command> program, int process) {
    return program.stream().anyMatch(command -> command.process() == process);
  }

  /** The current time, in nanoseconds. */
  long now() {
    return scheduler.nanoTime();
  }

  /** Brings the world to rest, and checks what must hold then. */
  void rest() {
    tells((command, answer) -> {});
    new QuiescenceChecker(host, members, oracle, nemesis, this::run).check();
  }

  /** Whether a process was killed and not started again. */
  boolean anybodyDead() {
    return members.stream().anyMatch(member -> !member.alive);
  }

  /** The scheduler that runs the threads. */
  public Scheduler scheduler() {
    return scheduler;
  }

  /** Runs a command, and returns its answer. */
  public Answer run(Command command) {
    scheduler.begins(command.toString());
    scheduler.memory().begins();
    if (command instanceof ExternalEvent event) {
      nemesis.run(event);
      return told(command, Answer.DONE);
    }
    return runInside(command);
  }

  private Answer runInside(Command command) {
    ClusterProcess member = members.get(command.process());
    if (command instanceof Command.Start c && (!member.alive || member.registryClosed)) {
      return told(command, start(member, c));
    } else if (!member.alive || command instanceof Command.Start) {
      return told(command, Answer.NOTHING);
    } else if (command instanceof Command.Kill) {
      kill(member);
      return told(command, Answer.DONE);
    }
    Oracle.Running running = oracle.begins(member, command);
    Answer answer;
    try {
      answer = runner.run(member, command);
    } catch (DatastoreException e) {
      answer = Answer.refused(e.getClass().getSimpleName());
    } catch (Subject.Refused e) {
      answer = Answer.refused(e.outcome());
    } catch (RuntimeException e) {
      throw untyped(command, e);
    }
    oracle.ends(running, told(command, answer));
    return answer;
  }

  private Answer told(Command command, Answer answer) {
    scheduler.memory().ended();
    scheduler.note(Kind.END, command.toString(), answer);
    told.accept(command, answer);
    return answer;
  }

  private Answer start(ClusterProcess member, Command.Start c) {
    if (!member.alive) {
      members.set(c.process(), start(c.process(), c.counter()));
      return Answer.DONE;
    }
    AtomicWord page = host.generation();
    host.hideGeneration(!c.counter());
    try {
      member.reopen();
      member.oldPage = host.generation() != page;
      return Answer.DONE;
    } catch (DatastoreException e) {
      return Answer.refused(e.getClass().getSimpleName());
    } catch (Subject.Refused e) {
      return Answer.refused(e.outcome());
    } finally {
      host.hideGeneration(false);
    }
  }

  private void kill(ClusterProcess member) {
    member.alive = false;
    member.held.clear();
    member.simulated.kill();
    scheduler.memory().killed();
    member.subject.killed();
    oracle.killed(member);
  }

  /** The library itself names an invariant that it finds broken; other refusals must be typed. */
  private static InvariantViolation untyped(Command command, RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    String invariant = message.matches("INV-\\d+: .*") ? message.replaceFirst(":.*", "") : "INV-13";
    InvariantViolation violation = new InvariantViolation(invariant, command + " threw " + e);
    violation.initCause(e);
    return violation;
  }
}
