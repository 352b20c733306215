package io.github.datastorelookup.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.model.ModelConfig.Section;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A save of version 2, and lookups while it runs: each may answer either way, both not any way. */
@Tag("simulation")
class RealTimeCheckerTest {
  private static final Command READ = new Command.Lookup(0, "aaa", Operation.READ);

  private final RealTimeChecker realTime = new RealTimeChecker();
  private final RealTimeChecker.Call save;

  RealTimeCheckerTest() {
    realTime.start(text(1));
    save = realTime.begins(new Command.Update(1, "aaa"));
    realTime.saved(save, text(2));
  }

  private static ModelConfig text(int version) {
    return ModelConfig.empty().with(new Section("aaa", "/a", MaintenanceMode.NONE, version));
  }

  private void lookup(int version) {
    realTime.ends(realTime.begins(READ), Answer.granted("v" + version, "/a"));
  }

  @Test
  void oldThenNew_duringASave_isExplained() {
    lookup(1);
    lookup(2);
    realTime.ends(save, Answer.DONE);
    assertFalse(realTime.check(), "nobody knows");
  }

  @Test
  void newThenOld_duringASave_breaksVisibility() {
    lookup(2);
    lookup(1);
    realTime.ends(save, Answer.DONE);
    InvariantViolation violation = assertThrows(InvariantViolation.class, realTime::check);
    assertEquals("INV-1", violation.invariant());
    String told = String.valueOf(violation.getMessage());
    assertTrue(told.endsWith("first that is not: " + READ + " => granted v1@/a"), told);
  }

  @Test
  void old_afterTheSaveReturned_breaksVisibility() {
    realTime.ends(save, Answer.DONE);
    lookup(1);
    assertThrows(InvariantViolation.class, realTime::check);
  }

  /** Each process may use its cached predecessor for a TTL. */
  @Test
  void newThenOld_afterAnEditByHand_isNotJudged() {
    realTime.editedByHand();
    lookup(2);
    lookup(1);
    assertFalse(realTime.check(), "nobody knows");
  }
}
