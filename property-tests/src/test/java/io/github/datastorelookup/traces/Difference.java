package io.github.datastorelookup.traces;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a trace that was made again first differs from the committed one. */
final class Difference {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN_BEFORE = 3;

  private Difference() {}

  /** The two traces side by side, from a few steps before the first that differs; null if none. */
  static @Nullable String between(String committed, String now) throws JsonProcessingException {
    if (committed.equals(now)) {
      return null;
    }
    JsonNode old = JSON.readTree(committed);
    JsonNode made = JSON.readTree(now);
    JsonNode oldSteps = old.path("steps");
    JsonNode steps = made.path("steps");
    int first = 0;
    while (first < oldSteps.size() && oldSteps.path(first).equals(steps.path(first))) {
      first++;
    }
    List<String> lines = new ArrayList<>();
    lines.add("trace " + made.path("id").asText() + ": " + made.path("about").asText());
    if (first == oldSteps.size() && first == steps.size()) {
      lines.add("  all steps are the same, but not what is said of them");
    } else {
      for (int i = Math.max(0, first - SHOWN_BEFORE); i < first; i++) {
        lines.add("  step " + (i + 1) + ", both: " + steps.path(i));
      }
      lines.add("  step " + (first + 1) + ", committed: " + step(oldSteps, first));
      lines.add("  step " + (first + 1) + ", now:       " + step(steps, first));
    }
    return String.join("\n", lines);
  }

  private static String step(JsonNode steps, int index) {
    return index < steps.size() ? steps.path(index).toString() : "none: the trace ends";
  }
}
