package io.github.datastorelookup.oracle;

import static io.github.datastorelookup.oracle.Oracle.require;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.memory.MemoryFiles;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.oracle.ClusterProcess.Held;
import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.OperationWord;
import java.util.List;

/** Checks what must hold between any two steps, and what must hold while no command runs. */
final class StateChecker {
  private final MemoryHost host;
  private final List<ClusterProcess> members;
  private long generation;

  StateChecker(MemoryHost host, List<ClusterProcess> members) {
    this.host = host;
    this.members = members;
  }

  void checkEveryState() {
    MemoryFiles files = host.files();
    require(files.closedTwice() == 0, "INV-9", "a chunk store was closed twice");
    require(files.lostLocks() == 0, "INV-4", "a writer's lock was lost by a second open");
    long now = host.generation().get();
    require(now >= generation, "INV-8", "generation=", now, " after ", generation);
    generation = now;
    List<MemoryFiles.Open> open = files.open();
    for (int i = 1; i < open.size(); i++) {
      noneLike(open.get(i), open.subList(0, i));
    }
    for (ClusterProcess member : members) {
      if (member.alive) {
        heldAreOpen(member, open);
        closedMeansClosed(member, open);
        heldAreCounted(member);
      }
    }
  }

  private static void noneLike(MemoryFiles.Open store, List<MemoryFiles.Open> others) {
    for (MemoryFiles.Open other : others) {
      require(
          other.process() != store.process() || !other.identity().equals(store.identity()),
          "INV-4",
          store.process(),
          " has two chunk stores open on ",
          store.path());
    }
  }

  private static void heldAreOpen(ClusterProcess member, List<MemoryFiles.Open> open) {
    for (Held held : member.held) {
      require(
          held.store() == null || open.contains(held.store()),
          "INV-9",
          member.process(),
          " closed the chunk store of a live handle: ",
          held.handle());
    }
  }

  /** A decider that sees exactly CLOSED may unmount at once: each open file has another word. */
  private static void closedMeansClosed(ClusterProcess member, List<MemoryFiles.Open> open) {
    MemoryProcess process = member.process();
    int stores = 0;
    for (MemoryFiles.Open store : open) {
      stores += store.process() == process ? 1 : 0;
    }
    int words = 0;
    for (AtomicWord word : process.words().values()) {
      words += word.get() != OperationWord.CLOSED ? 1 : 0;
    }
    require(
        stores <= words,
        "INV-5",
        process,
        " has the files of ",
        stores,
        " datastores open, and says CLOSED of all but ",
        words);
  }

  /** A word is never less than the live handles: lookups in flight only add to it. */
  private static void heldAreCounted(ClusterProcess member) {
    if (member.held.isEmpty()) {
      return;
    }
    member
        .process()
        .words()
        .forEach(
            (name, word) -> {
              long now = word.get();
              require(
                  OperationWord.reads(now) >= count(member, name, Operation.READ)
                      && OperationWord.writes(now) >= count(member, name, Operation.WRITE),
                  "INV-6",
                  member.process(),
                  " holds more of ",
                  name,
                  " than its word says: ",
                  OperationWord.describe(now));
            });
  }

  /** Words equal the live handles, no matter what failed before. */
  void checkCounts() {
    for (ClusterProcess member : members) {
      if (member.alive) {
        member.process().words().forEach((name, word) -> checkCounts(member, name, word.get()));
      }
    }
  }

  private static void checkCounts(ClusterProcess member, String name, long word) {
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

  private static int count(ClusterProcess member, String name, Operation operation) {
    int count = 0;
    for (Held held : member.held) {
      boolean same = held.handle().operation() == operation && held.handle().name().equals(name);
      count += same ? 1 : 0;
    }
    return count;
  }

  /** Checks that no files are open after a race that closed every handle, in a clearing mode. */
  void checkAllClosed() {
    for (MemoryFiles.Open store : host.files().open()) {
      require(
          false, "INV-5", store.process(), " keeps ", store.path(), " open without an operation");
    }
  }
}
