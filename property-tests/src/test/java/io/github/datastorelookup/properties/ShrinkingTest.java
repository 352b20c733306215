package io.github.datastorelookup.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Command.Close;
import io.github.datastorelookup.model.Command.Create;
import io.github.datastorelookup.model.Command.Kill;
import io.github.datastorelookup.model.Command.Lookup;
import io.github.datastorelookup.model.Outside.Bump;
import io.github.datastorelookup.oracle.Sequence;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A program that breaks an invariant is told by its least part that does. */
@Tag("properties")
class ShrinkingTest {
  private static final List<Command> PROGRAM =
      List.of(
          new Create(0, "aaa", "/a"),
          new Create(0, "bbb", "/b"),
          new Bump(),
          new Lookup(1, "aaa", Operation.READ),
          new Lookup(0, "bbb", Operation.WRITE),
          new Close(1, "aaa"),
          new Kill(1),
          new Bump());

  /** Says that this answer breaks this invariant. */
  private static void refuse(Command command, Answer answer) {
    if (command instanceof Close && answer.equals(Answer.DONE)) {
      throw new InvariantViolation("INV-6", "closed");
    } else if (command instanceof Kill) {
      throw new InvariantViolation("INV-12", "killed");
    }
  }

  @Test
  void program_thatBreaksAnInvariant_isLeftWithWhatItTakes() {
    InvariantViolation violation =
        assertThrows(InvariantViolation.class, () -> Sequence.run(PROGRAM, ShrinkingTest::refuse));
    String told = String.valueOf(violation.getMessage());
    String smallest =
        """
        smallest program: 3 of 8 commands:
          p0: create aaa at /a
          p1: lookup aaa READ
          p1: close aaa""";
    assertTrue(told.endsWith(smallest), told);
  }

  /** Without the lookup the kill would fail the program too, but that is another mistake. */
  @Test
  void program_thatCouldBreakAnotherInvariant_isNotShrunkToThat() {
    InvariantViolation violation =
        assertThrows(InvariantViolation.class, () -> Sequence.run(PROGRAM, ShrinkingTest::refuse));
    assertEquals("INV-6", violation.invariant());
  }
}
