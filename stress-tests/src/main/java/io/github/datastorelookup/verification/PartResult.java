package io.github.datastorelookup.verification;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.datastorelookup.verification.mutants.MutantResult;
import io.github.datastorelookup.verification.races.RaceGrade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The results of a part.
 *
 * @param plan the checks of the layer, and those of the part
 * @param layer the result of these
 * @param held the checks of which all cases held, as {@code class#method}
 * @param mutants the fate of each mutant, if the layer tries mutants
 * @param races the grades of each race, if the layer runs races, by where the words were
 */
record PartResult(
    LayerPlan plan,
    LayerResult layer,
    List<String> held,
    List<MutantResult> mutants,
    Map<String, List<RaceGrade>> races) {
  private static final String FILE = "results.json";
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

  /** Copies the lists. */
  PartResult {
    held = List.copyOf(held);
    mutants = List.copyOf(mutants);
    races = Map.copyOf(races);
  }

  /** A result without mutants and races. */
  static PartResult of(LayerPlan plan, LayerResult layer) {
    return new PartResult(plan, layer, List.of(), List.of(), Map.of());
  }

  /** Whether the JVM of this part came to the point where it writes its results. */
  static boolean exists(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  static PartResult read(Path folder) throws IOException {
    return MAPPER.readValue(folder.resolve(FILE).toFile(), PartResult.class);
  }

  /** Writes the file at once: a reader sees all of it, or none. */
  void write(Path folder) throws IOException {
    Path draft = folder.resolve(FILE + ".draft");
    MAPPER.writeValue(draft.toFile(), this);
    Path unused = Files.move(draft, folder.resolve(FILE));
  }
}
