package io.github.datastorelookup.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * In how many runs each kind of command had each outcome: a property that never brings about what
 * it is there to check would hold for ever.
 */
final class OutcomeCoverage {
  /** Each outcome is to occur in this share of the runs; the generators aim at twice as much. */
  private static final double LEAST_SHARE = 0.01;

  /** Chance alone goes so many standard deviations below it in one check of 10<sup>9</sup>. */
  private static final double DEVIATIONS = 6;

  /** By kind of command, the outcomes that have to occur. What others do is always just done. */
  private static final String EXPECTED =
      """
      lookup LOOKUP: granted nothing InvalidName RegistryClosed NoSuchDatastore \
      DatastoreUnavailable ConfigInvalid ConfigUnavailable LockTimeout SharedStateReplaced
      lookup READ: granted nothing InvalidName RegistryClosed NoSuchDatastore \
      DatastoreUnavailable ConfigInvalid ConfigUnavailable LockTimeout SharedStateReplaced \
      NotMounted OpenFailed DatastoreBusy LedgerUnavailable
      lookup WRITE: granted nothing InvalidName RegistryClosed NoSuchDatastore \
      DatastoreUnavailable ConfigInvalid ConfigUnavailable LockTimeout SharedStateReplaced \
      NotMounted OpenFailed DatastoreBusy LedgerUnavailable
      Close: done nothing
      CloseAgain: done nothing
      Duplicate: granted nothing
      Count: done nothing RegistryClosed LockTimeout SharedStateReplaced LedgerUnavailable
      Config: done nothing RegistryClosed ConfigInvalid ConfigUnavailable LockTimeout \
      SharedStateReplaced
      Refresh: done nothing
      Create: done nothing RegistryClosed ConfigInvalid ConfigUnavailable LockTimeout \
      SharedStateReplaced GenerationUnavailable EditRefused NotMounted SaveNotDurable
      SetMode: done nothing RegistryClosed ConfigInvalid ConfigUnavailable LockTimeout \
      SharedStateReplaced GenerationUnavailable EditRefused NoSuchDatastore SaveNotDurable
      Update: done nothing RegistryClosed ConfigInvalid ConfigUnavailable LockTimeout \
      SharedStateReplaced GenerationUnavailable NoSuchDatastore SaveNotDurable
      UpdateAsRead: done nothing RegistryClosed ConfigUnavailable LockTimeout \
      SharedStateReplaced GenerationUnavailable NoSuchDatastore DigestMismatch
      run: done nothing RegistryClosed ConfigInvalid ConfigUnavailable LockTimeout \
      SharedStateReplaced GenerationUnavailable NoSuchDatastore EditRefused DatastoreInUse \
      DrainCancelled MaintenanceFailed LedgerUnavailable SaveNotDurable
      destroy: done nothing RegistryClosed ConfigInvalid ConfigUnavailable LockTimeout \
      SharedStateReplaced GenerationUnavailable NoSuchDatastore EditRefused DatastoreInUse \
      DrainCancelled MaintenanceFailed LedgerUnavailable NotMounted SaveNotDurable
      Move: done nothing RegistryClosed ConfigInvalid ConfigUnavailable LockTimeout \
      SharedStateReplaced GenerationUnavailable NoSuchDatastore EditRefused DatastoreInUse \
      DrainCancelled MaintenanceFailed LedgerUnavailable NotMounted SaveNotDurable
      CloseRegistry: done
      Kill: done
      Start: done nothing LedgerUnavailable
      FailLedger: done
      LimitFiles: done
      EditMode: done
      EditComment: done
      EditPath: done
      EditOut: done
      EditTorn: done
      EditUnparsable: done
      RemoveConfig: done
      EmptyConfig: done
      FailSyncs: done
      FailConfig: done
      Bump: done
      Wait: done
      LockFile: done
      Alias: done
      FailFiles: done
      ReadOnly: done
      Hang: done
      Mount: done
      HoldLock: done
      ReplacePage: done
      ReplaceLedger: done
      LoseLock: done
      """;

  private final Map<String, Integer> runsWith = new TreeMap<>();
  private int runs;

  /** One run; what it is told counts once. */
  final class Run implements BiConsumer<Command, Answer> {
    private final Set<String> met = new TreeSet<>();

    @Override
    public void accept(Command command, Answer answer) {
      met.add(kind(command) + ": " + answer.outcome());
    }

    /** It came to its end. */
    void ended() {
      runs++;
      met.forEach(each -> runsWith.merge(each, 1, Integer::sum));
    }
  }

  private static String kind(Command command) {
    if (command instanceof Command.Lookup c) {
      return "lookup " + c.operation();
    } else if (command instanceof Command.Maintain c) {
      return c.mode() == MaintenanceMode.DELETE ? "destroy" : "run";
    }
    return command.getClass().getSimpleName();
  }

  /**
   * Each kind of command had each of its outcomes in about 1 % of the runs: in so many that chance
   * does not explain the rest, and in one at least.
   */
  void check() {
    assertNotEquals(0, runs);
    double share = LEAST_SHARE * runs;
    long least = Math.max(1, (long) Math.ceil(share - DEVIATIONS * Math.sqrt(share)));
    Map<String, Integer> rare = new TreeMap<>();
    for (String line : EXPECTED.lines().toList()) {
      String[] kind = line.split(": ", 2);
      for (String outcome : kind[1].split(" ", -1)) {
        String each = kind[0] + ": " + outcome;
        int seen = runsWith.getOrDefault(each, 0);
        if (seen < least) {
          rare.put(each, seen);
        }
      }
    }
    assertEquals(Map.of(), rare, "outcomes in fewer than " + least + " of " + runs + " runs");
  }
}
