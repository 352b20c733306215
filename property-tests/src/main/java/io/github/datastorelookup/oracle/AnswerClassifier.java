package io.github.datastorelookup.oracle;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.ModelProcess;
import io.github.datastorelookup.model.ModelState;
import java.util.Set;

/** Finds the invariant that an answer breaks if it is not the model's. */
final class AnswerClassifier {
  /** The answers of a lookup that the config refuses. */
  private static final Set<String> REFUSED = Set.of("DatastoreUnavailable", "NoSuchDatastore");

  /** The refusals of a lookup that the config admits, and that is counted. */
  private static final Set<String> COUNTED =
      Set.of("NotMounted", "LedgerUnavailable", "OpenFailed", "DatastoreBusy");

  /** The answers that no drain gives, as it opens nothing. */
  private static final Set<String> REFUSED_LOOKUPS =
      Set.of("DatastoreUnavailable", "NotMounted", "OpenFailed", "DatastoreBusy");

  /** The answers that require a look at the config. */
  private static final Set<String> CONFIG =
      Set.of("granted", "DatastoreUnavailable", "NoSuchDatastore");

  /** The answers when the config cannot be read. */
  private static final Set<String> NO_CONFIG =
      Set.of("ConfigUnavailable", "ConfigInvalid", "LockTimeout", "SharedStateReplaced");

  private AnswerClassifier() {}

  /** The invariant that this answer breaks. */
  static String of(ModelState before, Command command, Answer expected, Answer actual) {
    if (command instanceof Command.Count) {
      return "INV-6";
    } else if (command instanceof Command.Maintain || command instanceof Command.Move) {
      boolean full = before.processes().get(command.process()).shared().ledgerFull();
      return drainBrokenBy(expected, actual, full);
    } else if (!(command instanceof Command.Lookup lookup)) {
      boolean unheard = expected.outcome().equals("GenerationUnavailable");
      return unheard && actual.equals(Answer.DONE) ? "INV-1" : "INV-13";
    } else {
      return lookupBrokenBy(before, lookup, expected, actual);
    }
  }

  private static String drainBrokenBy(Answer expected, Answer actual, boolean ledgerFull) {
    if (actual.outcome().equals("DatastoreInUse") || actual.outcome().equals("DrainCancelled")) {
      return expected.equals(Answer.DONE) ? "INV-6" : "INV-13"; // counts an absent process
    }
    if (REFUSED_LOOKUPS.contains(actual.outcome())
        || (ledgerFull && actual.outcome().equals("LedgerUnavailable"))) {
      return "INV-5"; // it opens what it has to close
    }
    return expected.outcome().equals("DatastoreInUse")
            || expected.outcome().equals("DrainCancelled")
        ? "INV-3"
        : "INV-13";
  }

  private static String lookupBrokenBy(
      ModelState before, Command.Lookup lookup, Answer expected, Answer actual) {
    boolean granted = actual.outcome().equals("granted");
    boolean admitted = granted || COUNTED.contains(actual.outcome());
    if (admitted && expected.outcome().equals("DatastoreUnavailable")) {
      return "INV-3";
    }
    if (granted && expected.outcome().equals("DatastoreBusy")) {
      return "INV-10"; // with the files of another path, or of another .lock
    }
    if (lookup.operation() == Operation.LOOKUP && COUNTED.contains(actual.outcome())) {
      return "INV-6"; // it was about to count what is not counted
    }
    if (CONFIG.contains(expected.outcome()) && NO_CONFIG.contains(actual.outcome())) {
      return "INV-2"; // it has not loaded what it had to load before
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
