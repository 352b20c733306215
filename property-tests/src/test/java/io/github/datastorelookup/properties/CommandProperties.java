package io.github.datastorelookup.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.CommandText;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** A program can be told, and read again, by its texts alone. */
@Tag("properties")
class CommandProperties {
  @Property(edgeCases = EdgeCasesMode.NONE)
  void commands_areReadAsTheyAreWritten(@ForAll("programs") List<Command> program) {
    for (Command command : program) {
      assertEquals(command, CommandText.parse(command.toString()));
    }
  }

  @Provide
  Arbitrary<List<Command>> programs() {
    return RandomPrograms.any();
  }
}
