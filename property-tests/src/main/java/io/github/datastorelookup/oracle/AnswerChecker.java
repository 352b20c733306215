package io.github.datastorelookup.oracle;

import static io.github.datastorelookup.oracle.Oracle.require;

import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.ModelProcess;
import io.github.datastorelookup.model.ModelState;
import io.github.datastorelookup.model.Reading;
import io.github.datastorelookup.port.OperationWord;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Checks the answer of each command, and the state after it, against the model. */
final class AnswerChecker {
  private final MemoryHost host;
  private final List<ClusterProcess> members;

  AnswerChecker(MemoryHost host, List<ClusterProcess> members) {
    this.host = host;
    this.members = members;
  }

  void check(ModelState before, Command command, Answer expected, Answer actual, ModelState after) {
    require(
        actual.equals(expected),
        AnswerClassifier.of(before, command, expected, actual),
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
        ", more than the expected ",
        expected);
    boolean loads =
        command instanceof Command.Lookup
            || command instanceof Command.Refresh
            || command instanceof Reading.Config;
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

  private static void sameFilesOpen(ClusterProcess member, ModelProcess model, Command command) {
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
}
