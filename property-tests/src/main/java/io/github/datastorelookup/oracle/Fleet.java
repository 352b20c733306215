package io.github.datastorelookup.oracle;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.memory.MemoryFiles;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Model;
import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.model.ModelConfig.Section;
import io.github.datastorelookup.port.ChunkStores.Guard;
import io.github.datastorelookup.simulation.Schedule;
import io.github.datastorelookup.simulation.Scheduler;
import io.github.datastorelookup.simulation.SimulatedProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some processes on one simulated machine, and what they hold. Runs commands on real registries and
 * tells the oracle what it saw.
 */
public final class Fleet {
  /** The TTL of all registries, in seconds. */
  public static final int TTL_SECONDS = 60;

  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(1);

  private final List<Member> members = new ArrayList<>();
  private final MemoryHost host;
  private final Oracle oracle;
  private final Scheduler scheduler;
  private int edits;

  /** A live handle of a process. */
  record Held(DatastoreHandle handle, @Nullable Guard writerLock) {
    boolean counted() {
      return handle.operation() != Operation.LOOKUP;
    }

    boolean refusedBy(String name, MaintenanceMode mode) {
      return counted() && handle.name().equals(name) && !Model.admits(mode, handle.operation());
    }
  }

  /** A process: its registry, and what it holds. */
  static final class Member {
    final SimulatedProcess simulated;
    final DatastoreRegistry registry;
    final List<Held> held = new ArrayList<>();
    final List<DatastoreHandle> closed = new ArrayList<>();
    boolean alive = true;

    Member(SimulatedProcess simulated) {
      this.simulated = simulated;
      this.registry =
          DatastoreRegistry.builder()
              .ports(simulated.ports())
              .ttl(Duration.ofSeconds(TTL_SECONDS))
              .lockTimeout(LOCK_TIMEOUT)
              .withoutWatcher()
              .open();
    }

    MemoryProcess process() {
      return simulated.process();
    }
  }

  /** So many processes, started. */
  public Fleet(Schedule schedule, int processes) {
    this.scheduler = new Scheduler(schedule);
    this.host = new MemoryHost(HeapWord::new, scheduler);
    this.oracle = new Oracle(host, members);
    scheduler.afterEachStep(oracle::always);
    for (int i = 0; i < processes; i++) {
      members.add(new Member(new SimulatedProcess(host, scheduler)));
    }
  }

  /** Who checks it. */
  public Oracle oracle() {
    return oracle;
  }

  /** Runs each program on a thread of its own, one step of one thread at a time. */
  public void runTogether(List<List<Command>> programs) {
    for (int i = 0; i < programs.size(); i++) {
      List<Command> program = programs.get(i);
      scheduler.thread("T" + (i + 1), () -> program.forEach(this::run));
    }
    scheduler.run();
  }

  /** At how many points two or more threads could go on. */
  public int choices() {
    return scheduler.choices();
  }

  /** The last lines of what happened. */
  public String story(int lines) {
    List<String> all = scheduler.trace();
    return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
  }

  /** Runs a command, and tells what it answered. */
  public Answer run(Command command) {
    scheduler.note("-- " + command);
    Answer answer;
    if (command instanceof Command.Outside outside) {
      outside(outside);
      answer = Answer.DONE;
    } else {
      answer = runInside(command);
    }
    scheduler.note("-- " + command + " => " + answer);
    return answer;
  }

  private Answer runInside(Command command) {
    Member member = members.get(command.process());
    if (command instanceof Command.Start) {
      if (member.alive) {
        return Answer.NOTHING;
      }
      members.set(command.process(), new Member(new SimulatedProcess(host, scheduler)));
      return Answer.DONE;
    }
    if (!member.alive) {
      return Answer.NOTHING;
    }
    if (command instanceof Command.Kill) {
      member.alive = false;
      member.held.clear();
      member.simulated.kill();
      return Answer.DONE;
    }
    try {
      return runOn(member, command);
    } catch (DatastoreException e) {
      return Answer.refused(e.getClass().getSimpleName());
    }
  }

  private Answer runOn(Member member, Command command) {
    DatastoreRegistry registry = member.registry;
    if (command instanceof Command.Lookup c) {
      return hold(member, registry.lookup(c.name(), c.operation()));
    } else if (command instanceof Command.Close c) {
      return close(member, c.name());
    } else if (command instanceof Command.CloseAgain c) {
      member.closed.stream()
          .filter(handle -> handle.name().equals(c.name()))
          .forEach(DatastoreHandle::close);
    } else if (command instanceof Command.Duplicate c) {
      Held oldest = oldest(member, c.name());
      return oldest == null ? Answer.NOTHING : hold(member, oldest.handle.duplicate());
    } else if (command instanceof Command.SetMode c) {
      setMode(registry, c);
    } else if (command instanceof Command.Update c) {
      registry.update(c.name(), Map.of("comment", "v" + ++edits), List.of());
    } else if (command instanceof Command.Create c) {
      Map<String, String> properties = Map.of("path", c.path(), "comment", "v" + ++edits);
      registry.create(DatastoreSection.of(c.name(), properties));
    } else if (command instanceof Command.Remove c) {
      oracle.clearing(c.name());
      registry.destroy(c.name(), Drain.atMost(Duration.ZERO), () -> {});
    } else if (command instanceof Command.Count c) {
      ActiveOperations all = registry.activeOperations(c.name());
      oracle.counted(c.name(), all);
      return new Answer("done", all.reads() + "/" + all.writes());
    } else {
      registry.refresh();
    }
    return Answer.DONE;
  }

  private void setMode(DatastoreRegistry registry, Command.SetMode c) {
    if (c.mode() == MaintenanceMode.NONE) {
      oracle.clearing(c.name());
      registry.clearMaintenance(c.name());
    } else {
      registry.setMaintenance(c.name(), c.mode(), null);
      oracle.modeSet(c.name(), c.mode());
    }
  }

  private Answer hold(Member member, DatastoreHandle handle) {
    oracle.granted(member, handle);
    Guard writerLock = null;
    try {
      writerLock = handle.operation() == Operation.WRITE ? handle.chunkStore().tryShared() : null;
    } catch (IOException e) {
      oracle.grantedClosed(handle, e);
    }
    member.held.add(new Held(handle, writerLock));
    DatastoreSection section = handle.section();
    return Answer.granted(String.valueOf(section.property("comment")), section.absolutePath());
  }

  private static Answer close(Member member, String name) {
    Held oldest = oldest(member, name);
    if (oldest == null) {
      return Answer.NOTHING;
    }
    member.held.remove(oldest);
    member.closed.add(oldest.handle);
    try {
      if (oldest.writerLock != null) {
        oldest.writerLock.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("unlocking in memory cannot fail", e);
    }
    oldest.handle.close();
    return Answer.DONE;
  }

  private static @Nullable Held oldest(Member member, String name) {
    return member.held.stream()
        .filter(held -> held.handle.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  // ---- what happens outside
  // -----------------------------------------------------------------------

  private void outside(Command.Outside command) {
    MemoryFiles files = host.files();
    if (command instanceof Command.LockFile c) {
      if (c.there()) {
        files.recreate(c.path());
      } else {
        files.remove(c.path());
      }
    } else if (command instanceof Command.Bump) {
      long unused = host.generation().getAndAdd(1);
    } else if (command instanceof Command.Wait c) {
      scheduler.passTime(Duration.ofSeconds(c.seconds()).toNanos());
    } else {
      ModelConfig file = ModelConfig.parse(new String(host.config(), StandardCharsets.UTF_8));
      host.writeConfig(edited(file, command).text().getBytes(StandardCharsets.UTF_8));
    }
  }

  private ModelConfig edited(ModelConfig file, Command.Outside command) {
    if (command instanceof Command.EditTorn c) {
      return file.broken(c.torn());
    } else if (command instanceof Command.EditOut c) {
      oracle.clearing(c.name());
      return file.without(c.name());
    } else if (command instanceof Command.EditPath c) {
      oracle.clearing(c.name());
      Section old = file.find(c.name());
      MaintenanceMode mode = old == null ? MaintenanceMode.NONE : old.mode();
      return file.with(new Section(c.name(), c.path(), mode, ++edits));
    } else if (command instanceof Command.EditMode c) {
      oracle.clearing(c.name());
      Section old = file.find(c.name());
      return old == null ? file : file.with(old.with(c.mode()));
    }
    Command.EditComment c = (Command.EditComment) command;
    int version = ++edits;
    Section old = file.find(c.name());
    return old == null ? file : file.with(new Section(old.name(), old.path(), old.mode(), version));
  }
}
