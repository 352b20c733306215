package io.github.datastorelookup.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The traces are as the schema says, and together they have what a port needs. */
@Tag("traces")
class SchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static List<String> lines() throws IOException {
    return Files.readAllLines(TraceFile.folder().resolve("traces.jsonl"));
  }

  private static JsonSchema schema() throws IOException {
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(Files.readString(TraceFile.folder().resolve("schema.json")));
  }

  @Test
  void lines_asTheyAreCommitted_areAsTheSchemaSays() throws IOException {
    JsonSchema schema = schema();
    for (String line : lines()) {
      JsonNode trace = JSON.readTree(line);
      assertEquals(Set.of(), Set.copyOf(schema.validate(trace)), () -> trace.get("id").asText());
    }
  }

  @Test
  void line_withAnUnknownStepOrAWordThatIsNone_isNotAsTheSchemaSays() throws IOException {
    String line = lines().get(0);
    for (String wrong :
        List.of(
            line.replaceFirst("word\\.add", "word.dance"),
            line.replaceFirst("\"word p0 aaa\":\"2", "\"word p0 aaa\":\""),
            line.replaceFirst("\"about\"", "\"besides\""))) {
      assertFalse(line.equals(wrong));
      assertFalse(schema().validate(JSON.readTree(wrong)).isEmpty(), wrong);
    }
  }

  @Test
  void ids_ofAllTraces_areDifferent() throws IOException {
    Set<String> ids = new HashSet<>();
    for (String line : lines()) {
      assertTrue(ids.add(JSON.readTree(line).get("id").asText()), line);
    }
  }
}
