package io.github.datastorelookup.oracle;

import static io.github.datastorelookup.rules.Require.require;

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
    require(actual.equals(expected), AnswerClassifier.of(before, command, expected, actual))
        .or("%s answered %s, expected %s", command, actual, expected);
    String text = new String(host.config(), StandardCharsets.UTF_8);
    require(text.equals(after.file().text()), "INV-13")
        .or(
            "the file is not as %s had to leave it:\n%sexpected\n%s",
            command, text, after.file().text());
    generation(command, after.generation());
    for (int i = 0; i < after.processes().size(); i++) {
      sameFilesOpen(members.get(i), after.processes().get(i), command);
    }
  }

  private void generation(Command command, long expected) {
    long generation = host.generation().get();
    require(generation <= expected, "INV-8")
        .or("generation=%s after %s, more than the expected %s", generation, command, expected);
    boolean loads =
        command instanceof Command.Lookup
            || command instanceof Command.Refresh
            || command instanceof Reading.Config;
    require(generation >= expected, loads ? "INV-2" : "INV-1")
        .or(
            "generation=%s after %s, others are not told of it: expected %s",
            generation, command, expected);
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
              require(expected || !open, "INV-5")
                  .or("%s keeps the files of %s open after %s", member.process(), name, command);
              require(open || !expected, "INV-9")
                  .or(
                      "%s closed the files of %s for no reason by %s",
                      member.process(), name, command);
            });
  }
}
