package io.github.datastorelookup.verification;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.verification.mutants.MutantResult;
import io.github.datastorelookup.verification.races.RaceGrade;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The results of a run, or of a shard: a merge reads {@value #FILE} of each shard.
 *
 * @param shard which part it is
 * @param budget its effort
 * @param seed the seed of all randomness
 * @param environment where it ran
 * @param seconds wall time; of shards that were merged, that of all machines together
 * @param plans the checks of each layer, and those of this shard
 * @param layers the result of each layer, in order
 * @param mutants the fate of each mutant
 * @param races the grades of each race, by where the words were
 * @param namedInvariants how many checks are tagged with an invariant, by layer and invariant
 */
record RunResults(
    Shard shard,
    Budget budget,
    long seed,
    Environment environment,
    double seconds,
    List<LayerPlan> plans,
    List<LayerResult> layers,
    List<MutantResult> mutants,
    Map<String, List<RaceGrade>> races,
    Map<String, Map<String, Integer>> namedInvariants) {

  /** The name of its file. */
  static final String FILE = "results.json";

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  /** Copies the lists. */
  RunResults {
    plans = List.copyOf(plans);
    layers = List.copyOf(layers);
    mutants = List.copyOf(mutants);
    races = Map.copyOf(races);
    namedInvariants = Map.copyOf(namedInvariants);
  }

  /**
   * Reads the file in this folder.
   *
   * @throws IOException when the file is missing or malformed
   */
  static RunResults read(Path folder) throws IOException {
    return MAPPER.readValue(folder.resolve(FILE).toFile(), RunResults.class);
  }

  /** Writes the file into this folder. */
  void write(Path folder) throws IOException {
    MAPPER.writeValue(folder.resolve(FILE).toFile(), this);
  }
}
