package io.github.datastorelookup.oracle;

import static io.github.datastorelookup.rules.Require.require;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.memory.MemoryFiles;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.ExternalEvent;
import io.github.datastorelookup.model.Model;
import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.model.ModelConfig.Section;
import io.github.datastorelookup.oracle.ClusterProcess.Held;
import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.Locks;
import io.github.datastorelookup.port.MountTable;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.port.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * Brings the world to rest at the end of a run, and asks it. Each command has its answer. The
 * faults end, a TTL passes, all handles are closed, and each process does the watcher's work. Then
 * nothing is counted, no file is open that the config does not want, all locks are free, and each
 * datastore can be opened, so that no claim is left. Last, each registry is closed and leaves
 * nothing.
 */
final class QuiescenceChecker {
  private final MemoryHost host;
  private final List<ClusterProcess> members;
  private final Oracle oracle;
  private final Nemesis nemesis;
  private final Function<Command, Answer> runner;

  /** The ports of a process that does nothing but look. */
  private final Ports observer;

  QuiescenceChecker(
      MemoryHost host,
      List<ClusterProcess> members,
      Oracle oracle,
      Nemesis nemesis,
      Function<Command, Answer> runner) {
    this.host = host;
    this.members = members;
    this.oracle = oracle;
    this.nemesis = nemesis;
    this.runner = runner;
    this.observer = host.process();
  }

  void check() {
    oracle.over();
    nemesis.heal();
    run(new ExternalEvent.Wait(Cluster.TTL_SECONDS));
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).alive) {
        for (Held held : List.copyOf(members.get(i).held)) {
          run(new Command.Close(i, held.handle().name()));
        }
        run(new Command.Refresh(i));
      }
    }
    members.stream().filter(member -> member.alive).forEach(this::idle);
    locksAreFree();
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).alive) {
        canOpen(i);
        run(new Command.CloseRegistry(i));
        gone(members.get(i));
      }
    }
  }

  private Answer run(Command command) {
    Answer answer = runner.apply(command);
    oracle.checkCounts();
    oracle.checkEveryState();
    return answer;
  }

  /** Nothing is counted, and each open file is of a datastore that the config wants open. */
  private void idle(ClusterProcess member) {
    for (MemoryFiles.Open store : host.files().open()) {
      if (store.process() == member.process()) {
        require(!member.registryClosed && wanted(store.path()), "INV-5")
            .or("the world is at rest, and %s keeps %s open", store.process(), store.path());
      }
    }
  }

  private boolean wanted(String path) {
    return config().sections().stream()
        .anyMatch(section -> section.path().equals(path) && !Model.clears(section.mode()));
  }

  private ModelConfig config() {
    return ModelConfig.parse(new String(host.config(), StandardCharsets.UTF_8));
  }

  private void locksAreFree() {
    isFree(observer.locks().config());
    config().sections().forEach(section -> isFree(observer.locks().maintenance(section.name())));
    for (ClusterProcess member : members) {
      member.process().words().keySet().forEach(name -> isFree(observer.locks().maintenance(name)));
    }
  }

  private static void isFree(Locks.LockFile lock) {
    try {
      require(lock.tryLock(), "INV-13")
          .or("the world is at rest, and %s is held by %s", lock.path(), lock.holders());
      lock.unlock();
    } catch (IOException e) {
      throw new IllegalStateException("locking in memory cannot fail", e);
    }
  }

  /** Each datastore in turn can be opened, by each of its names. */
  private void canOpen(int number) {
    ClusterProcess member = members.get(number);
    if (member.registryClosed || member.useless()) {
      return;
    }
    for (Section section : config().sections()) {
      if (Model.admits(section.mode(), Operation.READ) && isThere(section)) {
        Command lookup = new Command.Lookup(number, section.name(), Operation.READ);
        Answer answer = run(lookup);
        require(answer.outcome().equals("granted"), "INV-13")
            .or("the world is at rest, and %s => %s", lookup, answer);
        run(new Command.Close(number, section.name()));
      }
    }
  }

  private boolean isThere(Section section) {
    try {
      return host.files().lockFile(section.path()) != null
          && (!section.removable()
              || observer.mounts().status(ModelConfig.DEVICE, section.path())
                  == MountTable.Status.MOUNTED);
    } catch (IOException e) {
      throw new IllegalStateException("a mount table in memory cannot fail", e);
    }
  }

  /** C1: a closed registry leaves no file, no ledger and no word that is not exactly CLOSED. */
  private void gone(ClusterProcess member) {
    oracle.checkCounts();
    member.process().words().values().stream()
        .map(AtomicWord::get)
        .forEach(
            word ->
                require(word == OperationWord.CLOSED, "INV-5")
                    .or(
                        "%s closed its registry, and a word says %s",
                        member.process(), OperationWord.describe(word)));
  }
}
