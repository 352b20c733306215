package io.github.datastorelookup.oracle;

import static io.github.datastorelookup.oracle.Oracle.require;

import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.ModelProcess;
import io.github.datastorelookup.model.ModelState;
import io.github.datastorelookup.port.OperationWord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** What one command after the other has to answer and to leave behind, as the model says. */
final class Answers {
  private final MemoryHost host;
  private final List<Member> members;

  Answers(MemoryHost host, List<Member> members) {
    this.host = host;
    this.members = members;
  }

  void check(ModelState before, Command command, Answer expected, Answer actual, ModelState after) {
    require(
        actual.equals(expected),
        brokenBy(before, command, expected, actual),
        command,
        " answered ",
        actual,
        ", expected ",
        expected);
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
    generation(command, after.generation());
    for (int i = 0; i < after.processes().size(); i++) {
      sameFilesOpen(members.get(i), after.processes().get(i), command);
    }
  }

  private void generation(Command command, long expected) {
    long generation = host.generation().get();
    require(
        generation <= expected,
        "INV-8",
        "generation=",
        generation,
        " after ",
        command,
        ", nobody asked for more than ",
        expected);
    boolean loads = command instanceof Command.Lookup || command instanceof Command.Refresh;
    require(
        generation >= expected,
        loads ? "INV-2" : "INV-1",
        "generation=",
        generation,
        " after ",
        command,
        ", others are not told of it: expected ",
        expected);
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
    if (command instanceof Command.Count) {
      return "INV-6";
    } else if (command instanceof Command.Maintain) {
      return drainBrokenBy(expected, actual);
    } else if (!(command instanceof Command.Lookup lookup)) {
      return expected.outcome().equals("GenerationUnavailable") ? "INV-1" : "INV-13";
    } else {
      return lookupBrokenBy(before, lookup, expected, actual);
    }
  }

  private static String drainBrokenBy(Answer expected, Answer actual) {
    if (actual.outcome().equals("DatastoreInUse") || actual.outcome().equals("DrainCancelled")) {
      return expected.equals(Answer.DONE) ? "INV-6" : "INV-13"; // it counts who is not there
    }
    return expected.outcome().equals("DatastoreInUse")
            || expected.outcome().equals("DrainCancelled")
        ? "INV-3"
        : "INV-13";
  }

  private static String lookupBrokenBy(
      ModelState before, Command.Lookup lookup, Answer expected, Answer actual) {
    boolean granted = actual.outcome().equals("granted");
    if (granted && expected.outcome().equals("DatastoreUnavailable")) {
      return "INV-3";
    }
    if (granted && expected.outcome().equals("DatastoreBusy")) {
      return "INV-10"; // with the files of another path, or of another .lock
    }
    ModelProcess.Cached cached = before.processes().get(lookup.process()).cached();
    if (cached == null || !byConfig(actual) || !byConfig(expected)) {
      return "INV-13";
    }
    return cached.generation() == before.generation() ? "INV-2" : "INV-1";
  }

  /** Whether the config alone gave this answer. */
  private static boolean byConfig(Answer answer) {
    return Set.of("granted", "DatastoreUnavailable", "NoSuchDatastore").contains(answer.outcome());
  }
}
