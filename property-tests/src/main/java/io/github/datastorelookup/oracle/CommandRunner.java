package io.github.datastorelookup.oracle;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Reading;
import io.github.datastorelookup.oracle.ClusterProcess.Held;
import io.github.datastorelookup.port.ChunkStores.Guard;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs commands on the registry of a process, and keeps the handles. */
final class CommandRunner {
  private final Oracle oracle;
  private final ManualEditor editor;
  private final DrainRunner drains;

  CommandRunner(MemoryHost host, Oracle oracle, ManualEditor editor) {
    this.oracle = oracle;
    this.editor = editor;
    this.drains = new DrainRunner(host, oracle, editor);
  }

  Answer run(ClusterProcess member, Command command) {
    Subject subject = member.subject;
    if (command instanceof Command.Lookup c) {
      return hold(member, subject.lookup(c));
    } else if (command instanceof Command.Close c) {
      return close(member, c.name());
    } else if (command instanceof Command.CloseAgain c) {
      List.copyOf(member.closed).stream()
          .filter(handle -> handle.name().equals(c.name()))
          .forEach(DatastoreHandle::close);
    } else if (command instanceof Command.Duplicate c) {
      Held oldest = member.oldest(c.name());
      return oldest == null ? Answer.NOTHING : duplicate(member, oldest);
    } else if (command instanceof Command.Count c) {
      ActiveOperations all = subject.count(c);
      oracle.admission().counted(c.name(), all);
      return new Answer("done", all.reads() + "/" + all.writes());
    } else if (command instanceof Reading.Config) {
      return config(member);
    } else if (command instanceof Command.Refresh) {
      subject.refresh();
    } else if (command instanceof Command.CloseRegistry) {
      member.registryClosed = true;
      subject.close();
    } else if (command instanceof Command.FailLedger c) {
      member.process().failLedger(c.full() ? "no space left" : null);
    } else if (command instanceof Command.LimitFiles c) {
      member.process().limitFiles(c.most());
    } else if (command instanceof Command.Rest c) {
      member.simulated.sleep(Duration.ofMillis(c.millis()).toNanos());
    } else {
      edit(member, command);
    }
    return Answer.DONE;
  }

  private void edit(ClusterProcess member, Command command) {
    if (command instanceof Command.Maintain || command instanceof Command.Move) {
      drains.run(member, command);
    } else if (command instanceof Command.SetMode c) {
      if (c.mode() == MaintenanceMode.NONE) {
        oracle.admission().clearing(c.name(), false);
      }
      member.subject.edit(command, "", "");
      if (c.mode() != MaintenanceMode.NONE) {
        oracle.admission().modeSet(c.name(), c.mode());
      }
    } else {
      member.subject.edit(command, "v" + editor.nextVersion(), member.digest);
    }
  }

  private static Answer config(ClusterProcess member) {
    Subject.Seen seen = member.subject.config();
    member.digest = seen.digest();
    return Answer.config(seen.config());
  }

  private Answer duplicate(ClusterProcess member, Held source) {
    DatastoreHandle handle;
    try {
      handle = source.handle().duplicate();
    } catch (IllegalStateException e) { // another thread closed it
      return Answer.NOTHING;
    }
    return hold(member, handle);
  }

  private Answer hold(ClusterProcess member, DatastoreHandle handle) {
    oracle.granted(member, handle);
    Guard writerLock = null;
    try {
      writerLock = handle.operation() == Operation.WRITE ? handle.chunkStore().tryShared() : null;
    } catch (IOException e) {
      oracle.grantedClosed(handle, e);
    }
    member.held.add(Held.of(handle, writerLock));
    DatastoreSection section = handle.section();
    return Answer.granted(String.valueOf(section.property("comment")), section.absolutePath());
  }

  private Answer close(ClusterProcess member, String name) {
    Held oldest = member.oldest(name);
    if (oldest == null) {
      return Answer.NOTHING;
    }
    member.held.remove(oldest);
    member.closed.add(oldest.handle());
    unlock(oldest.writerLock());
    oracle.used(oldest);
    oldest.handle().close();
    return Answer.DONE;
  }

  private static void unlock(@Nullable Guard writerLock) {
    try {
      if (writerLock != null) {
        writerLock.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("unlocking in memory cannot fail", e);
    }
  }
}
