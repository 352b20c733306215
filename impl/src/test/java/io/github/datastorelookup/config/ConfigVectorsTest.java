package io.github.datastorelookup.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.datastorelookup.config.Vectors.Vector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each observed text gives the verdict, line, reason, sections, maintenance and written form that
 * are due: those that were observed, unless the vector has others of ours; then it has a reason.
 */
class ConfigVectorsTest {
  @Test
  void vectors_whenLoaded_areAllThereAndTheirDeviationsExplained() {
    assertEquals(620, Vectors.all().stream().map(Vector::id).distinct().count());
    Map<String, Integer> kinds = new TreeMap<>();
    for (Vector vector : Vectors.all()) {
      boolean deviates = vector.deviation() != null;
      assertEquals(deviates, vector.observed().has("ours"), vector::id);
      if (deviates) {
        kinds.merge(String.valueOf(vector.deviation()), 1, Integer::sum);
        assertNotEquals(verdict(vector.observed()), verdict(vector.due()), "no longer deviates");
      }
    }
    kinds.forEach(
        (kind, count) -> {
          String row = "| `" + kind + "` | " + count + " | ";
          assertTrue(Vectors.page().contains(row), "the page beside the vectors lacks: " + row);
        });
  }

  @TestFactory
  Stream<DynamicTest> parse_ofAnObservedText_doesAsObserved() {
    return Vectors.all().stream().map(v -> DynamicTest.dynamicTest(v.id(), () -> check(v)));
  }

  private static List<JsonNode> verdict(JsonNode of) {
    return List.of(of.path("ok"), of.path("err"));
  }

  static void check(Vector vector) throws ConfigParseException {
    if (vector.isRead()) {
      checkSections(vector, vector.parse());
    } else {
      checkFault(vector, assertThrows(ConfigParseException.class, vector::parse));
    }
  }

  private static void checkFault(Vector vector, ConfigParseException e) {
    String due = vector.due().get("err").asText();
    assertEquals(due, e.getMessage());
    assertEquals(
        "parsing \"" + Vectors.FILE + "\" failed: line " + e.line() + " - " + e.reason(), due);
  }

  private static void checkSections(Vector vector, DatastoreConfig config) {
    JsonNode ok = vector.due().get("ok");
    List<String> order = new ArrayList<>();
    ok.get("order").forEach(name -> order.add(name.asText()));
    assertEquals(order, config.sections().stream().map(DatastoreSection::name).toList());
    for (DatastoreSection section : config.sections()) {
      JsonNode data = ok.get("sections").get(section.name());
      assertEquals("datastore", data.get("type").asText());
      assertEquals(texts(data.get("data")), withName(section));
      checkTyped(ok.get("typed").get(section.name()), section);
    }
    checkWritten(ok, config);
  }

  private static void checkTyped(JsonNode typed, DatastoreSection section) {
    assertEquals(typed.get("absolute-path").asText(), section.absolutePath());
    assertEquals(texts(typed.get("ok")), withName(section));
    JsonNode maintenance = typed.get("maintenance");
    if (maintenance.isNull()) {
      assertEquals(MaintenanceMode.NONE, section.maintenanceMode());
      assertEquals("", section.refusalMessage());
    } else {
      checkMaintenance(maintenance, section);
    }
  }

  private static void checkMaintenance(JsonNode observed, DatastoreSection section) {
    MaintenanceMode mode = section.maintenanceMode();
    String type = mode == MaintenanceMode.UNKNOWN ? "unknown" : mode.key();
    assertEquals(observed.get("mode").get("type").asText(), type);
    assertEquals(observed.get("mode").has("message"), section.maintenanceMessage() != null);
    assertEquals(observed.get("clear-from-cache").asBoolean(), mode.clears());
    JsonNode refusals = observed.get("check");
    checkRefusal(refusals.get("read"), mode.admitsRead(), section);
    checkRefusal(refusals.get("write"), mode.admitsWrite(), section);
    checkRefusal(refusals.get("lookup"), mode.admitsLookup(), section);
  }

  private static void checkRefusal(JsonNode observed, boolean admits, DatastoreSection section) {
    assertEquals(observed.isNull(), admits);
    if (!admits) {
      assertEquals(observed.asText(), section.refusalMessage());
    }
  }

  private static void checkWritten(JsonNode ok, DatastoreConfig config) {
    if (ok.has("write-err")) {
      ConfigWriteException e = assertThrows(ConfigWriteException.class, config::format);
      // Whoever writes knows the name of the file; the config does not.
      assertEquals(
          ok.get("write-err").asText(),
          "writing \"" + Vectors.FILE + "\" failed: " + e.getMessage());
      return;
    }
    String written = new String(config.format(), StandardCharsets.UTF_8);
    assertEquals(ok.get("written").asText(), written);
  }

  private static Map<String, String> withName(DatastoreSection section) {
    Map<String, String> all = new TreeMap<>(section.properties());
    assertNotNull(section.property("path"));
    assertEquals(null, all.put("name", section.name()));
    return all;
  }

  private static Map<String, String> texts(JsonNode data) {
    Map<String, String> texts = new TreeMap<>();
    data.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
    return texts;
  }
}
