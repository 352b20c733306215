package io.github.datastorelookup.verification.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.datastorelookup.verification.LayerResult;
import io.github.datastorelookup.verification.mutants.MutantResult;
import java.io.IOException;
import java.nio.file.Path;

/**
 * {@code summary.json}, for programs that watch runs. Its format is stable:
 *
 * <pre>
 * {"verdict", "headline", "exitCode", "started", "seconds", "seed", "budget", "jdk", "commit", "machine", "os",
 *  "layers":  [{"name", "planned", "ran", "explored", "unit", "seconds", "result",
 *               "limits", "leftOut", "notes"}],
 *  "mutants": [{"id", "story", "clause", "invariant", "killedBy", "killed", "seconds"}]}
 * </pre>
 */
public final class SummaryJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private SummaryJson() {}

  /** Writes the file. */
  public static void write(RunReport report, Path file) throws IOException {
    MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), json(report));
  }

  static ObjectNode json(RunReport report) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("verdict", report.verdict().toString());
    root.put("headline", report.headline());
    root.put("exitCode", report.verdict().exitCode());
    root.put("started", report.environment().started());
    root.put("seconds", rounded(report.seconds()));
    root.put("seed", report.settings().seed());
    root.put("budget", report.settings().budget().toString());
    root.put("jdk", report.environment().jdk());
    root.put("commit", report.environment().commit());
    root.put("machine", report.environment().cores() + " x " + report.environment().cpu());
    root.put("os", report.environment().os());
    ArrayNode layers = root.putArray("layers");
    report.layers().forEach(layer -> put(layers.addObject(), layer));
    ArrayNode mutants = root.putArray("mutants");
    report.mutants().forEach(mutant -> put(mutants.addObject(), mutant));
    return root;
  }

  private static void put(ObjectNode node, LayerResult layer) {
    node.put("name", layer.name());
    node.put("planned", layer.planned());
    node.put("ran", layer.ran());
    node.put("explored", layer.explored());
    node.put("unit", layer.unit());
    node.put("seconds", rounded(layer.seconds()));
    node.put("result", layer.result());
    layer.scope().limits().forEach(node.putArray("limits")::add);
    layer.scope().leftOut().forEach(node.putArray("leftOut")::add);
    layer.notes().forEach(node.putArray("notes")::add);
  }

  private static void put(ObjectNode node, MutantResult result) {
    node.put("id", result.mutant().id());
    node.put("story", result.mutant().story());
    node.put("clause", result.mutant().clause());
    node.put("invariant", result.mutant().invariant());
    node.put("killedBy", result.killedBy());
    node.put("killed", result.killed());
    node.put("seconds", rounded(result.seconds()));
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }
}
