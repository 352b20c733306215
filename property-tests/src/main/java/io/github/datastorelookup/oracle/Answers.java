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
  /** What a lookup answers that the config refuses. */
  private static final Set<String> REFUSED = Set.of("DatastoreUnavailable", "NoSuchDatastore");

  /** What a lookup answers that the config admits. */
  private static final Set<String> ADMITTED =
      Set.of("granted", "NotMounted", "LedgerUnavailable", "OpenFailed", "DatastoreBusy");

  /** What no drain answers, as it opens nothing. */
  private static final Set<String> REFUSED_LOOKUPS =
      Set.of("DatastoreUnavailable", "NotMounted", "OpenFailed", "DatastoreBusy");

  /** What only a look at the config can tell. */
  private static final Set<String> CONFIG =
      Set.of("granted", "DatastoreUnavailable", "NoSuchDatastore");

  /** What is answered when the config cannot be had. */
  private static final Set<String> NO_CONFIG = Set.of("ConfigUnavailable", "ConfigInvalid");

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
    } else if (command instanceof Command.Maintain || command instanceof Command.Move) {
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
    if (REFUSED_LOOKUPS.contains(actual.outcome())) {
      return "INV-5"; // it opens what it has to close
    }
    return expected.outcome().equals("DatastoreInUse")
            || expected.outcome().equals("DrainCancelled")
        ? "INV-3"
        : "INV-13";
  }

  private static String lookupBrokenBy(
      ModelState before, Command.Lookup lookup, Answer expected, Answer actual) {
    boolean admitted = ADMITTED.contains(actual.outcome());
    if (admitted && expected.outcome().equals("DatastoreUnavailable")) {
      return "INV-3";
    }
    if (actual.outcome().equals("granted") && expected.outcome().equals("DatastoreBusy")) {
      return "INV-10"; // with the files of another path, or of another .lock
    }
    ModelProcess.Cached cached = before.processes().get(lookup.process()).cached();
    if (cached == null || !(admitted || REFUSED.contains(actual.outcome()))) {
      return "INV-13";
    }
    boolean saved = cached.generation() != before.generation();
    if (NO_CONFIG.contains(expected.outcome())) { // it used what it has cached
      return saved ? "INV-13" : "INV-2";
    }
    boolean byConfig = CONFIG.contains(actual.outcome()) && CONFIG.contains(expected.outcome());
    return !byConfig ? "INV-13" : saved ? "INV-1" : "INV-2";
  }
}
