package io.github.datastorelookup.oracle;

import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Outside;
import io.github.datastorelookup.simulation.Schedule;
import io.github.datastorelookup.simulation.Scheduler;
import io.github.datastorelookup.simulation.SimulatedProcess;
import io.github.datastorelookup.simulation.SlowDisk;
import java.util.ArrayList;
import java.util.List;

/**
 * Some processes on one simulated machine, and what they hold. Runs commands on real registries and
 * tells the oracle what it saw.
 */
public final class Fleet {
  /** The TTL of all registries, in seconds. */
  public static final int TTL_SECONDS = 60;

  private final List<Member> members = new ArrayList<>();
  private final MemoryHost host;
  private final Oracle oracle;
  private final Scheduler scheduler;
  private final SlowDisk disk;
  private final Desk desk;
  private final OutsideWorld world;

  /** So many processes, started. */
  public Fleet(Schedule schedule, int processes) {
    this.scheduler = new Scheduler(schedule);
    this.host = new MemoryHost(HeapWord::new, scheduler);
    this.disk = new SlowDisk(scheduler);
    this.oracle = new Oracle(host, members, scheduler, disk);
    Editor editor = new Editor(host, oracle);
    this.desk = new Desk(host, oracle, editor);
    this.world = new OutsideWorld(host, scheduler, disk, editor, members);
    scheduler.afterEachStep(oracle::always);
    for (int i = 0; i < processes; i++) {
      members.add(start(true));
    }
  }

  private Member start(boolean counter) {
    PortRules rules = new PortRules(oracle);
    host.hideGeneration(!counter);
    try {
      return new Member(new SimulatedProcess(host, scheduler, disk, rules), rules);
    } finally {
      host.hideGeneration(false);
    }
  }

  /** Who checks it. */
  public Oracle oracle() {
    return oracle;
  }

  /** Has the process killed at this scheduling point of {@link #runTogether}, counted from 1. */
  public void killAt(int point, int process) {
    scheduler.killAt(
        point,
        () -> {
          scheduler.note("-- " + new Command.Kill(process));
          kill(members.get(process));
        });
  }

  /** Runs each program on a thread of its own, one step of one thread at a time. */
  public void runTogether(List<List<Command>> programs) {
    for (int i = 0; i < programs.size(); i++) {
      List<Command> program = programs.get(i);
      scheduler.thread(
          "T" + (i + 1),
          () -> {
            for (Command command : program) {
              Answer unused = run(command);
            }
          });
    }
    scheduler.run();
  }

  /** The time of now, in nanoseconds. */
  long now() {
    return scheduler.nanoTime();
  }

  /** At how many points how many threads could go on, where it were two or more. */
  public List<Integer> choices() {
    return scheduler.choices();
  }

  /** How many scheduling points of threads were passed. */
  public int points() {
    return scheduler.points();
  }

  /** The last lines of what happened. */
  public String story(int lines) {
    List<String> all = scheduler.trace();
    return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
  }

  /** Runs a command, and tells what it answered. */
  public Answer run(Command command) {
    scheduler.note("-- " + command);
    Answer answer = Answer.DONE;
    if (command instanceof Outside outside) {
      world.run(outside);
    } else {
      answer = runInside(command);
    }
    scheduler.note("-- " + command + " => " + answer);
    return answer;
  }

  private Answer runInside(Command command) {
    Member member = members.get(command.process());
    if (command instanceof Command.Start c && (!member.alive || member.registryClosed)) {
      return start(member, c);
    } else if (!member.alive || command instanceof Command.Start) {
      return Answer.NOTHING;
    } else if (command instanceof Command.Kill) {
      kill(member);
      return Answer.DONE;
    }
    Oracle.Running running = oracle.begins(member, command);
    Answer answer;
    try {
      answer = desk.run(member, command);
    } catch (DatastoreException e) {
      answer = Answer.refused(e.getClass().getSimpleName());
    } catch (RuntimeException e) {
      throw untyped(command, e);
    }
    oracle.ends(running, answer);
    return answer;
  }

  private Answer start(Member member, Command.Start c) {
    if (!member.alive) {
      members.set(c.process(), start(c.counter()));
      return Answer.DONE;
    }
    host.hideGeneration(!c.counter());
    try {
      member.reopen();
      return Answer.DONE;
    } catch (DatastoreException e) {
      return Answer.refused(e.getClass().getSimpleName());
    } finally {
      host.hideGeneration(false);
    }
  }

  private void kill(Member member) {
    member.alive = false;
    member.held.clear();
    member.simulated.kill();
    oracle.killed(member);
  }

  /** The library says itself which invariant it finds broken; else a refusal has to be typed. */
  private static InvariantViolation untyped(Command command, RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    String invariant = message.matches("INV-\\d+: .*") ? message.replaceFirst(":.*", "") : "INV-13";
    InvariantViolation violation = new InvariantViolation(invariant, command + " threw " + e);
    violation.initCause(e);
    return violation;
  }
}
