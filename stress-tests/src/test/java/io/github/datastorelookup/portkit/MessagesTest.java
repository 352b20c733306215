package io.github.datastorelookup.portkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.github.datastorelookup.verification.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages are as the schema says, and those of the page too. */
@Tag("runner")
final class MessagesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonSchema schema;

  MessagesTest() throws IOException {
    String text =
        Files.readString(Repository.root().resolve("docs/reference/port-kit.schema.json"));
    schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(text);
  }

  private void check(JsonNode message) {
    assertEquals(Set.of(), Set.copyOf(schema.validate(message)), message::toString);
  }

  @Test
  void examples_ofThePage_areMessages() throws IOException {
    List<String> examples = new ArrayList<>();
    for (String line :
        Files.readAllLines(Repository.root().resolve("docs/reference/port-kit.md"))) {
      if (line.matches("(kit|port) +\\{.*")) {
        // What follows a message is for people.
        examples.add(line.replaceFirst("^\\w+ +", "").replaceFirst("\\}    .*", "}"));
      }
    }
    for (String each : examples) {
      check(JSON.readTree(each));
    }
    assertTrue(examples.size() >= 15, examples::toString);
  }

  @Test
  void messages_ofSteps_areThoseOfTheSchema() throws IOException {
    int[] messages = {0};
    try (ScriptEngine engine = new ScriptEngine(List.of(ScriptEngine.script("port.js")))) {
      Port checked =
          new Port() {
            @Override
            public JsonNode ask(ObjectNode message) {
              check(message);
              JsonNode answer = engine.port(0).ask(message);
              check(answer);
              messages[0] += 2;
              return answer;
            }

            @Override
            public void close() {}
          };
      KitOptions options =
          KitOptions.parse(List.of("--port=x", "--traces=first-lookup,removable,destroy"));
      assertEquals(Verdict.HOLDS, new SteppingMode(options, () -> checked).run(0).verdict());
    }
    assertTrue(messages[0] > 500, () -> String.format(Locale.ROOT, "%d messages", messages[0]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"op\":\"word.dance\"}",
        "{\"answer\":\"granted\"}",
        "{\"answer\":\"not done\"}",
        "{\"op\":\"word.cas\",\"with\":[\"1\"]}",
        "{\"task\":\"perhaps\"}",
        "{\"t\":1,\"command\":\"refresh\"}"
      })
  void message_thatIsNone_isNotAsTheSchemaSays(String text) throws IOException {
    assertFalse(schema.validate(JSON.readTree(text)).isEmpty(), text);
  }
}
