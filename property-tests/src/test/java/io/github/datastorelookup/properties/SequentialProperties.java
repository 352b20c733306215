package io.github.datastorelookup.properties;

import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.oracle.Sequence;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterProperty;

/** Whatever commands come one after the other: the answers are the model's, all invariants hold. */
@Tag("properties")
class SequentialProperties {
  private final OutcomeCoverage coverage = new OutcomeCoverage();
  private boolean failed;

  /** A failure tells the smallest program: {@link Sequence} shrinks it, so that jqwik need not. */
  @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void anyCommands_answerAsTheModelAndKeepTheInvariants(@ForAll("programs") List<Command> program) {
    failed = true;
    OutcomeCoverage.Run run = coverage.new Run();
    Sequence.run(program, run);
    run.ended();
    failed = false;
  }

  @AfterProperty
  void eachCommandHadEachOutcome() {
    if (!failed) {
      coverage.check();
    }
  }

  @Provide
  Arbitrary<List<Command>> programs() {
    return RandomPrograms.any();
  }
}
