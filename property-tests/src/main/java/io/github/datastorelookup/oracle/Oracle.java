package io.github.datastorelookup.oracle;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.memory.MemoryFiles;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Model;
import io.github.datastorelookup.model.ModelProcess;
import io.github.datastorelookup.model.ModelState;
import io.github.datastorelookup.oracle.Fleet.Held;
import io.github.datastorelookup.oracle.Fleet.Member;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.simulation.SimulatedProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The one place that says what must hold. Every suite asks it; every failure carries an invariant's
 * id.
 */
public final class Oracle {
  private final MemoryHost host;
  private final List<Member> members;

  /** Modes that a save set; by datastore, until somebody starts to clear them. */
  private final Map<String, MaintenanceMode> set = new TreeMap<>();

  /** Of those, the ones whose words somebody saw drained since. */
  private final Map<String, MaintenanceMode> drained = new TreeMap<>();

  Oracle(MemoryHost host, List<Member> members) {
    this.host = host;
    this.members = members;
  }

  private static void require(boolean holds, String invariant, Object... what) {
    if (!holds) {
      StringBuilder text = new StringBuilder();
      for (Object part : what) {
        text.append(part);
      }
      throw new InvariantViolation(invariant, text.toString());
    }
  }

  // ---- at any moment
  // ------------------------------------------------------------------------------

  /** What holds between any two steps of any threads. */
  public void always() {
    MemoryFiles files = host.files();
    require(files.closedTwice() == 0, "INV-9", "a chunk store was closed twice");
    require(files.lostLocks() == 0, "INV-4", "a writer's lock was lost by a second open");
    List<MemoryFiles.Open> open = files.open();
    Set<String> seen = new HashSet<>();
    for (MemoryFiles.Open store : open) {
      require(
          seen.add(store.process() + " " + store.identity()),
          "INV-4",
          store.process(),
          " has two chunk stores open on ",
          store.path());
    }
    for (Member member : members) {
      if (member.alive) {
        heldAreOpen(member);
        closedMeansClosed(member, open);
      }
    }
  }

  private static void heldAreOpen(Member member) {
    for (Held held : member.held) {
      if (held.counted()) {
        MemoryFiles.Open store =
            (MemoryFiles.Open) SimulatedProcess.unwrap(held.handle().chunkStore());
        require(
            store.isOpen(),
            "INV-9",
            member.process(),
            " closed the chunk store of a live handle: ",
            held.handle());
      }
    }
  }

  /** A decider that sees exactly CLOSED may unmount at once. */
  private static void closedMeansClosed(Member member, List<MemoryFiles.Open> open) {
    MemoryProcess process = member.process();
    if (process.words().values().stream().allMatch(w -> w.get() == OperationWord.CLOSED)) {
      require(
          open.stream().noneMatch(store -> store.process() == process),
          "INV-5",
          process,
          " says CLOSED of all datastores and has files open");
    }
  }

  // ---- events
  // -------------------------------------------------------------------------------------

  /** A save set this mode. */
  void modeSet(String name, MaintenanceMode mode) {
    set.put(name, mode);
    drained.remove(name);
  }

  /** Somebody starts to clear the mode, or edits the section by hand. */
  void clearing(String name) {
    set.remove(name);
    drained.remove(name);
  }

  /** Somebody counted the operations of all processes. */
  void counted(String name, ActiveOperations all) {
    MaintenanceMode mode = set.get(name);
    if (mode != null && all.writes() == 0 && (mode.admitsRead() || all.reads() == 0)) {
      drained.put(name, mode);
      for (Member member : members) {
        for (Held held : member.held) {
          require(
              !held.refusedBy(name, mode),
              "INV-3",
              "the words of ",
              name,
              " were drained in ",
              mode,
              ", but there is ",
              held.handle());
        }
      }
    }
  }

  /** A lookup granted this handle just now. */
  void granted(Member member, DatastoreHandle handle) {
    if (handle.operation() == Operation.LOOKUP) {
      return;
    }
    MaintenanceMode mode = drained.get(handle.name());
    if (mode != null) {
      require(
          Model.admits(mode, handle.operation()),
          "INV-3",
          handle,
          " was granted after ",
          handle.name(),
          " was set ",
          mode,
          " and seen drained");
    }
    MemoryFiles.Open store = (MemoryFiles.Open) SimulatedProcess.unwrap(handle.chunkStore());
    require(store.isOpen(), "INV-9", handle, " was granted with a closed chunk store");
    require(
        store.path().equals(handle.section().absolutePath()),
        "INV-10",
        handle,
        " is at ",
        store.path(),
        ", its section at ",
        handle.section().absolutePath());
    require(
        store.process() == member.process(), "INV-10", handle, " has a store of another process");
  }

  /** A lock on the granted chunk store failed. */
  void grantedClosed(DatastoreHandle handle, IOException e) {
    require(
        false,
        "INV-9",
        handle,
        " was granted with a chunk store that fails: ",
        String.valueOf(e.getMessage()));
  }

  // ---- when nobody does anything
  // ------------------------------------------------------------------

  /** After a command, with nobody else at work. */
  public void check(
      ModelState before, Command command, Answer expected, Answer actual, ModelState after) {
    always();
    conservation();
    require(
        actual.equals(expected),
        brokenBy(before, command, expected, actual),
        command,
        " answered ",
        actual,
        ", expected ",
        expected);
    long generation = host.generation().get();
    require(
        generation <= after.generation(),
        "INV-8",
        "generation=",
        generation,
        " after ",
        command,
        ", nobody asked for more than ",
        after.generation());
    require(
        generation >= after.generation(),
        command instanceof Command.Lookup || command instanceof Command.Refresh ? "INV-2" : "INV-1",
        "generation=",
        generation,
        " after ",
        command,
        ", others are not told of it: expected ",
        after.generation());
    String text = new String(host.config(), StandardCharsets.UTF_8);
    require(
        text.equals(after.file().text()),
        "INV-13",
        "the file is not as ",
        command,
        " had to leave it:\n",
        text,
        "expected\n",
        after.file().text());
    for (int i = 0; i < after.processes().size(); i++) {
      sameFilesOpen(members.get(i), after.processes().get(i), command);
    }
  }

  /** At the end of a race in which every handle was closed, in a clearing mode. */
  public void nothingOpen() {
    for (MemoryFiles.Open store : host.files().open()) {
      require(
          false, "INV-5", store.process(), " keeps ", store.path(), " open, and nobody uses it");
    }
  }

  /** Words are what the live handles make them; no matter what failed before. */
  public void conservation() {
    for (Member member : members) {
      if (member.alive) {
        member.process().words().forEach((name, word) -> conservation(member, name, word.get()));
      }
    }
  }

  private static void conservation(Member member, String name, long word) {
    int reads = count(member, name, Operation.READ);
    int writes = count(member, name, Operation.WRITE);
    require(
        OperationWord.reads(word) == reads && OperationWord.writes(word) == writes,
        "INV-6",
        member.process(),
        " holds ",
        reads,
        " READ and ",
        writes,
        " WRITE of ",
        name,
        ", its word says ",
        OperationWord.describe(word));
    require((word & OperationWord.CLOSING) == 0, "INV-5", name, " is closing for ever");
  }

  private static int count(Member member, String name, Operation operation) {
    return (int)
        member.held.stream()
            .map(Held::handle)
            .filter(h -> h.name().equals(name) && h.operation() == operation)
            .count();
  }

  private static void sameFilesOpen(Member member, ModelProcess model, Command command) {
    if (!member.alive) {
      return;
    }
    member
        .process()
        .words()
        .forEach(
            (name, word) -> {
              boolean open = OperationWord.open(word.get());
              boolean expected = model.open().containsKey(name);
              require(
                  expected || !open,
                  "INV-5",
                  member.process(),
                  " keeps the files of ",
                  name,
                  " open after ",
                  command);
              require(
                  open || !expected,
                  "INV-9",
                  member.process(),
                  " closed the files of ",
                  name,
                  " for no reason by ",
                  command);
            });
  }

  /** Which invariant a wrong answer breaks. */
  private static String brokenBy(
      ModelState before, Command command, Answer expected, Answer actual) {
    if (!(command instanceof Command.Lookup lookup)) {
      return command instanceof Command.Count ? "INV-6" : "INV-13";
    }
    boolean granted = actual.outcome().equals("granted");
    if (granted && expected.outcome().equals("DatastoreUnavailable")) {
      return "INV-3";
    }
    if (granted && expected.outcome().equals("DatastoreBusy")) {
      return "INV-10"; // with the files of another path, or of another .lock
    }
    if (granted && expected.outcome().equals("ConfigInvalid")) {
      return "INV-13";
    }
    ModelProcess.Cached cached = before.processes().get(lookup.process()).cached();
    if (cached == null) {
      return "INV-13";
    }
    return cached.generation() == before.generation() ? "INV-2" : "INV-1";
  }
}
