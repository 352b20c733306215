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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each observed text gives the observed verdict, line, reason, sections, maintenance and written
 * form, unless it is on the list of deviations; then it gives what the list says, and differs.
 */
class ConfigVectorsTest {
  private static final Map<String, String> DEVIATIONS = Vectors.deviations();

  @Test
  void vectors_whenLoaded_areAllThereAndCoverTheDeviations() {
    List<String> ids = Vectors.all().stream().map(Vector::id).toList();
    assertEquals(620, ids.size());
    assertTrue(ids.containsAll(DEVIATIONS.keySet()));
  }

  @TestFactory
  Stream<DynamicTest> parse_ofAnObservedText_doesAsObserved() {
    return Vectors.all().stream().map(v -> DynamicTest.dynamicTest(v.id(), () -> check(v)));
  }

  static void check(Vector vector) throws ConfigParseException {
    if (vector.isRead()) {
      checkSections(vector, vector.parse());
    } else {
      checkFault(vector, assertThrows(ConfigParseException.class, vector::parse));
    }
  }

  private static void checkFault(Vector vector, ConfigParseException e) {
    String observed = vector.json().get("err").asText();
    String upToLine = "parsing \"" + Vectors.FILE + "\" failed: line " + e.line() + " - ";
    assertTrue(observed.startsWith(upToLine), () -> observed + "\nbut was " + e.getMessage());
    if (deviates(vector, "calendar-event-text")) {
      assertNotEquals(observed, e.getMessage(), "no longer deviates");
      assertTrue(observed.startsWith(upToLine + e.reason()));
    } else {
      assertEquals(observed, e.getMessage());
      assertEquals(upToLine + e.reason(), e.getMessage());
    }
  }

  private static void checkSections(Vector vector, DatastoreConfig config) {
    JsonNode ok = vector.json().get("ok");
    List<String> order = new ArrayList<>();
    ok.get("order").forEach(name -> order.add(name.asText()));
    List<String> once = order.stream().distinct().toList();
    assertEquals(deviates(vector, "duplicate-section"), !order.equals(once));
    assertEquals(once, config.sections().stream().map(DatastoreSection::name).toList());
    for (DatastoreSection section : config.sections()) {
      JsonNode observed = ok.get("sections").get(section.name());
      assertEquals("datastore", observed.get("type").asText());
      assertEquals(texts(observed.get("data")), withName(section));
      checkTyped(vector, ok.get("typed").get(section.name()), section);
    }
    checkWritten(vector, ok, config);
  }

  private static void checkTyped(Vector vector, JsonNode typed, DatastoreSection section) {
    boolean refusedThere = typed.has("err");
    assertEquals(deviates(vector, "unknown-notification-mode"), refusedThere);
    if (refusedThere) {
      assertEquals(MaintenanceMode.NONE, section.maintenanceMode());
      return;
    }
    assertEquals(typed.get("absolute-path").asText(), section.absolutePath());
    assertEquals(texts(typed.get("ok")), withName(section));
    JsonNode maintenance = typed.get("maintenance");
    if (!maintenance.isNull()) {
      checkMaintenance(maintenance, section);
    } else if (deviates(vector, "unknown-maintenance")
        && section.property("maintenance-mode") != null) {
      assertEquals(MaintenanceMode.UNKNOWN, section.maintenanceMode());
      assertTrue(section.refusalMessage().startsWith("unknown maintenance mode '"));
    } else {
      assertEquals(MaintenanceMode.NONE, section.maintenanceMode());
      assertEquals("", section.refusalMessage());
    }
  }

  private static void checkMaintenance(JsonNode observed, DatastoreSection section) {
    MaintenanceMode mode = section.maintenanceMode();
    assertEquals(observed.get("mode").get("type").asText(), mode.key());
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

  private static void checkWritten(Vector vector, JsonNode ok, DatastoreConfig config) {
    if (ok.has("write-err")) {
      ConfigWriteException e = assertThrows(ConfigWriteException.class, config::format);
      // Whoever writes knows the name of the file; the config does not.
      assertEquals(
          ok.get("write-err").asText(),
          "writing \"" + Vectors.FILE + "\" failed: " + e.getMessage());
      return;
    }
    String observed = ok.get("written").asText();
    String written = new String(config.format(), StandardCharsets.UTF_8);
    if (deviates(vector, "duplicate-section")) {
      assertNotEquals(observed, written, "no longer deviates");
      assertEquals(withoutRepetitions(observed), written);
    } else if (deviates(vector, "no-sections")) {
      assertEquals("", observed, "no longer deviates");
      assertEquals("\n", written);
    } else {
      assertEquals(observed, written);
    }
  }

  /** The written sections, each of them once: the observed program writes the same one twice. */
  private static String withoutRepetitions(String written) {
    String[] blocks = written.substring(0, written.length() - 1).split("\n\n", -1);
    return String.join("\n\n", Arrays.stream(blocks).distinct().toList()) + "\n";
  }

  private static boolean deviates(Vector vector, String kind) {
    @Nullable String listed = DEVIATIONS.get(vector.id());
    return listed != null && listed.equals(kind);
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
