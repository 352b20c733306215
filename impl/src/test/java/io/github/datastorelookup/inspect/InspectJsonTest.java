package io.github.datastorelookup.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.datastorelookup.posix.Child;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The JSON has what the text has. That it fits its schema is checked at each inspection. */
@Timeout(60)
final class InspectJsonTest {
  private final Path directory;

  InspectJsonTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private JsonNode inspect() {
    return InspectJson.requireValid(Shown.run(Shown.arguments(directory, "--json")));
  }

  @Test
  void operations_locksAndModes_areThere() throws Exception {
    try (Child child = Child.start(directory, RegistryMain.class)) {
      child.ask("create store1");
      child.ask("lookup store1 WRITE");
      JsonNode report = inspect();
      JsonNode ledger = report.at("/ledgers/0");
      assertEquals("live", ledger.get("life").asText());
      assertEquals(child.pid(), ledger.get("pid").asLong());
      assertEquals(
          "{\"datastore\":\"store1\",\"reads\":0,\"writes\":1,\"files\":\"open\"}",
          ledger.at("/operations/0").toString());
      JsonNode store = report.at("/datastores/0");
      assertEquals("none", store.get("mode").asText());
      assertEquals(ledger.get("path"), store.at("/unmountWaitsFor/0/ledger"));
      assertEquals("taken", report.at("/configLock/state").asText());
      assertTrue(report.at("/generationPage/generation").isTextual());
    }
  }

  @Test
  void strangeTexts_stayWhatTheyAre() throws IOException {
    Files.createDirectory(directory.resolve("run"));
    String message = "a \"b\" \\ \u00fc \ud83d\ude00 %1b[31m";
    Files.writeString(
        directory.resolve("datastore.cfg"),
        "datastore: store1\n\tpath /mnt/\u00fc\n\tmaintenance-mode offline,message=\""
            + message.replace("\\", "\\\\").replace("\"", "\\\"")
            + "\"\n");
    JsonNode store = inspect().at("/datastores/0");
    assertEquals(message.replace("%1b", "\033"), store.get("message").asText());
    assertEquals("/mnt/\u00fc", store.get("path").asText());
    assertEquals("offline", store.get("mode").asText());
  }

  /** The limit of lookups and saves: a file that they refuse is no config here either. */
  @Test
  void config_thatIsTooLong_isRefusedAsEverywhere() throws IOException {
    Files.createDirectory(directory.resolve("run"));
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("datastore.cfg").toFile(), "rw")) {
      file.setLength((64 << 20) + 1);
    }
    JsonNode problem = inspect().at("/problems/0");
    assertEquals("config", problem.get("subject").asText());
    assertTrue(problem.get("text").asText().contains("is too long: "), problem.toString());
  }

  /** An addition is seen: each property of the schema is required, and no other is allowed. */
  @Test
  void schema_isStrict() throws IOException {
    JsonNode schema =
        new ObjectMapper()
            .readTree(Files.readString(Path.of("..", "docs", "reference", "inspect.schema.json")));
    for (JsonNode object : objects(schema)) {
      Map<String, String> names = new TreeMap<>();
      object.get("properties").fieldNames().forEachRemaining(name -> names.put(name, name));
      object
          .get("required")
          .forEach(name -> assertEquals(name.asText(), names.remove(name.asText())));
      assertEquals(Map.of(), names);
      assertEquals("false", String.valueOf(object.get("additionalProperties")));
    }
  }

  private static List<JsonNode> objects(JsonNode schema) {
    return schema.findParents("properties");
  }
}
