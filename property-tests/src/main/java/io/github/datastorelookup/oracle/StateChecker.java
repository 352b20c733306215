package io.github.datastorelookup.oracle;

import static io.github.datastorelookup.rules.Require.require;

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
    require(files.closedTwice() == 0, "INV-9").or("a chunk store was closed twice");
    require(files.lostLocks() == 0, "INV-4").or("a writer's lock was lost by a second open");
    long now = host.generation().get();
    require(now >= generation, "INV-8").or("generation=%s after %s", now, generation);
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
              "INV-4")
          .or("%s has two chunk stores open on %s", store.process(), store.path());
    }
  }

  private static void heldAreOpen(ClusterProcess member, List<MemoryFiles.Open> open) {
    for (Held held : member.held) {
      require(held.store() == null || open.contains(held.store()), "INV-9")
          .or("%s closed the chunk store of a live handle: %s", member.process(), held.handle());
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
    require(stores <= words, "INV-5")
        .or(
            "%s has the files of %s datastores open, and says CLOSED of all but %s",
            process, stores, words);
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
                      "INV-6")
                  .or(
                      "%s holds more of %s than its word says: %s",
                      member.process(), name, OperationWord.describe(now));
            });
  }

  /** Words equal the live handles, no matter what failed before. */
  void checkCounts() {
    for (ClusterProcess member : members) {
      if (member.alive) {
        member.process().words().forEach((name, word) -> checkCounts(member, name, word.get()));
        checkGone(member);
      }
    }
  }

  /** C1: what a closed registry without a handle has left is nothing. */
  private void checkGone(ClusterProcess member) {
    if (member.registryClosed && member.held.isEmpty()) {
      MemoryProcess process = member.process();
      require(host.files().open().stream().noneMatch(file -> file.process() == process), "INV-5")
          .or("%s closed its registry, and keeps files open", process);
      require(!process.hasLedger(), "INV-5")
          .or("%s closed its registry, and keeps its ledger", process);
    }
  }

  private static void checkCounts(ClusterProcess member, String name, long word) {
    int reads = count(member, name, Operation.READ);
    int writes = count(member, name, Operation.WRITE);
    require(OperationWord.reads(word) == reads && OperationWord.writes(word) == writes, "INV-6")
        .or(
            "%s holds %s READ and %s WRITE of %s, its word says %s",
            member.process(), reads, writes, name, OperationWord.describe(word));
    require((word & OperationWord.CLOSING) == 0, "INV-5").or("%s is closing for ever", name);
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
      require(false, "INV-5")
          .or("%s keeps %s open without an operation", store.process(), store.path());
    }
  }
}
