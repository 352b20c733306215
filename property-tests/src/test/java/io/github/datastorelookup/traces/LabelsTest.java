package io.github.datastorelookup.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.datastorelookup.port.OperationWord;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The clauses that steps are labelled with. */
@Tag("traces")
class LabelsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OPEN = "0000000000000001";
  private static final String CLOSED = "2000000000000001";

  /** How many {@code files.identify} there were while the datastore, or only another, was open. */
  private final Map<String, Integer> seen = new HashMap<>();

  @Test
  void identify_ofADatastore_isL4WhileItsOwnWordSaysClosedAndElseL5() throws IOException {
    for (String line : Files.readAllLines(TraceFile.folder().resolve("traces.jsonl"))) {
      check(JSON.readTree(line));
    }
    for (String kind : new String[] {"L4", "L5", "L4 with other files open"}) {
      assertTrue(seen.getOrDefault(kind, 0) > 0, () -> "no trace has " + kind);
    }
  }

  private void check(JsonNode trace) {
    Map<String, String> state = new HashMap<>();
    Map<Integer, String> running = new HashMap<>();
    apply(state, trace.get("start").get("state"));
    for (JsonNode step : trace.get("steps")) {
      String op = step.get("op").asText();
      if (op.equals("begin")) {
        running.put(step.get("t").asInt(), step.get("command").asText());
      } else if (op.equals("files.identify")) {
        String by = Objects.requireNonNull(running.get(step.get("t").asInt()));
        String[] command = by.split("[: ]+", -1);
        String word = Objects.requireNonNull(state.get("word " + command[0] + " " + command[2]));
        boolean closed = (Long.parseUnsignedLong(word, 16) & OperationWord.CLOSED) != 0;
        String clause = closed ? "L4" : "L5";
        assertEquals(clause, step.get("clause").asText(), () -> trace.get("id") + " " + step);
        boolean any = state.keySet().stream().anyMatch(k -> k.startsWith("open " + command[0]));
        seen.merge(closed && any ? "L4 with other files open" : clause, 1, Integer::sum);
      }
      if (step.has("sets")) {
        apply(state, step.get("sets"));
      }
    }
  }

  private static void apply(Map<String, String> state, JsonNode sets) {
    for (Map.Entry<String, JsonNode> set : sets.properties()) {
      if (set.getValue().isNull()) {
        state.remove(set.getKey());
      } else {
        state.put(set.getKey(), set.getValue().asText());
      }
    }
  }

  @Test
  void lookup_whileOthersHaveFilesOpen_countsItsOwnWordOnly() {
    Clauses clauses = new Clauses("p1: lookup aaa READ");
    Map<String, Object> others =
        Map.of("word p1 aaa", CLOSED, "word p1 bbb", OPEN, "open p1 /b", "7:2 #1");
    assertFalse(clauses.hasOpen(others, "p1"), "another datastore");
    Map<String, Object> namesakes =
        Map.of("word p1 aaa", CLOSED, "word p10 aaa", OPEN, "open p10 /a", "7:1 #1");
    assertFalse(clauses.hasOpen(namesakes, "p1"), "another process");
    assertTrue(clauses.hasOpen(namesakes, "p10"));
  }
}
