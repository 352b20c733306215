package io.github.datastorelookup.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** What {@code --json} shows, as programs read it. */
final class InspectJson {
  private static final ObjectMapper READER = new ObjectMapper();
  private static final JsonSchema SCHEMA = schema();

  private InspectJson() {}

  private static JsonSchema schema() {
    try {
      return JsonSchemaFactory.getInstance(VersionFlag.V202012)
          .getSchema(Files.readString(Path.of("..", "docs", "reference", "inspect.schema.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whatever there is to see, it has the shape of the schema; the exit code is about problems. */
  static JsonNode requireValid(Shown shown) {
    try {
      JsonNode report = READER.readTree(shown.out());
      assertEquals(Set.of(), SCHEMA.validate(report), shown.out());
      assertTrue(shown.out().chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~')));
      assertEquals(report.get("problems").isEmpty() ? Main.OK : Main.PROBLEMS, shown.code());
      return report;
    } catch (JsonProcessingException e) {
      throw new AssertionError(shown.out(), e);
    }
  }
}
