package io.github.datastorelookup.verification;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableSet;

/**
 * The checks of one layer that one JVM runs.
 *
 * @param name of its folder: the layer and a number
 * @param plan the checks of the layer, and those of this part
 */
record Part(String name, LayerPlan plan) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String FILE = "part.json";

  /** The part with this number of a layer. */
  static Part of(LayerPlan layer, int number, NavigableSet<String> share) {
    return new Part(layer.layer() + "-" + number, new LayerPlan(layer.layer(), layer.all(), share));
  }

  String layer() {
    return plan.layer();
  }

  static Part read(Path folder) throws IOException {
    return MAPPER.readValue(folder.resolve(FILE).toFile(), Part.class);
  }

  /** Writes it into its folder, which is below that of the run. */
  Path write(Path output) throws IOException {
    Path folder = Files.createDirectories(output.resolve("parts").resolve(name));
    MAPPER.writeValue(folder.resolve(FILE).toFile(), this);
    return folder;
  }

  /** The result of a part that a stop kept from beginning. */
  PartResult notBegun(String why) {
    String what = plan.share().size() + " of " + plan.all().size() + " checks, " + why;
    return PartResult.of(plan, LayerResult.without(layer(), what));
  }
}
