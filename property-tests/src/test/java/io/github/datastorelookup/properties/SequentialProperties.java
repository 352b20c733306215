package io.github.datastorelookup.properties;

import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.oracle.Sequence;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Whatever commands come one after the other: the answers are the model's, all invariants hold. */
@Tag("properties")
class SequentialProperties {
  private static final int PROCESSES = 2;

  @Property
  void anyCommands_answerAsTheModelAndKeepTheInvariants(@ForAll("programs") List<Command> program) {
    List<Command> all = new ArrayList<>(Commands.BASIS);
    all.addAll(program);
    Sequence.run(PROCESSES, all);
  }

  @Provide
  Arbitrary<List<Command>> programs() {
    return Commands.any(PROCESSES).list().ofMaxSize(40);
  }
}
