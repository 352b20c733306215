package io.github.datastorelookup.oracle;

import io.github.datastorelookup.checks.Explored;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.memory.MemoryFiles;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Model;
import io.github.datastorelookup.model.ModelState;
import io.github.datastorelookup.simulation.Schedule;
import io.github.datastorelookup.simulation.Scheduler;
import io.github.datastorelookup.simulation.Stuck;
import io.github.datastorelookup.simulation.Trace;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One run of a scenario in one schedule. Each instance serves one run. */
public final class Execution {
  private final Scenario scenario;
  private final Cluster cluster;
  private boolean rests = true;

  /** A run that has not begun. */
  public Execution(Scenario scenario, Schedule schedule, Trace trace) {
    this(scenario, schedule, trace, (command, answer) -> {});
  }

  /** The same; reports the answer of each command, even a wrong one. */
  Execution(Scenario scenario, Schedule schedule, Trace trace, BiConsumer<Command, Answer> told) {
    this(scenario, schedule, trace, Subject::own);
    cluster.tells(told);
  }

  /** Of processes with such registries. */
  public Execution(Scenario scenario, Schedule schedule, Trace trace, Subject.Opener opener) {
    this(scenario, new Cluster(schedule, trace, scenario.processes(), scenario.memory(), opener));
  }

  private Execution(Scenario scenario, Cluster cluster) {
    this.scenario = scenario;
    this.cluster = cluster;
  }

  /**
   * Runs it.
   *
   * @throws InvariantViolation when an invariant does not hold at some point
   */
  public void run() {
    try {
      setUp();
      race();
      if (rests && !cluster.scheduler().stopped()) {
        cluster.rest();
      }
    } catch (Stuck e) {
      boolean killed = cluster.anybodyDead();
      throw new InvariantViolation(killed ? "INV-12" : "INV-11", String.valueOf(e.getMessage()));
    }
    Explored.add(1);
  }

  private void setUp() {
    if (scenario.threads().isEmpty()) {
      cluster.oracle().refusals().oneByOne();
    }
    ModelState state = ModelState.initial(scenario.processes(), Cluster.TTL_SECONDS);
    for (Command command : scenario.setup()) {
      Model.Step step = Model.step(state, command);
      Answer actual = cluster.run(command);
      cluster.oracle().check(state, command, step.answer(), actual, step.state());
      state = step.state().at(cluster.now());
    }
  }

  private void race() {
    if (scenario.threads().isEmpty()) {
      return;
    }
    cluster.oracle().race(scenario.promises());
    if (scenario.victim() != Scenario.NOBODY) {
      cluster.mayKill(scenario.victim());
    }
    cluster.runTogether(scenario.threads());
    if (!cluster.scheduler().stopped()) {
      finish();
    }
  }

  private void finish() {
    if (cluster.oracle().raced()) {
      Explored.note(
          "unknown whether this run was linearizable: "
              + ScenarioText.lines(new Counterexample(scenario, cluster.scheduler().choices())));
    }
    boolean killed = cluster.anybodyDead();
    for (Command command : scenario.afterwards()) {
      Answer answer = cluster.run(command);
      if (killed) {
        cluster.oracle().refusals().checkAfterKill(command, answer);
      }
    }
    cluster.oracle().checkCounts();
    if (scenario.closesAll()) {
      cluster.oracle().checkAllClosed();
    }
  }

  /** Allows interruptions only at what processes share; call before {@link #run}. */
  public void portsOnly() {
    cluster.portsOnly();
  }

  /** Leaves the world at the end as the program does; call before {@link #run}. */
  public void withoutRest() {
    rests = false;
  }

  /** The files of the last handle granted to this process that it still has, or null. */
  public MemoryFiles.@Nullable Open grantedLast(int process) {
    return cluster.grantedLast(process);
  }

  /** The machine of the run. */
  public MemoryHost host() {
    return cluster.host();
  }

  /** The scheduler that ran the threads. */
  public Scheduler scheduler() {
    return cluster.scheduler();
  }
}
