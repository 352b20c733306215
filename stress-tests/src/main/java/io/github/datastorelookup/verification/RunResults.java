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
 * All that a run, or a shard of one, found: {@value #FILE} is what shards are put together from.
 *
 * @param shard which part it is
 * @param budget its effort
 * @param seed where all randomness came from
 * @param environment where it ran
 * @param plans what each layer has, and what of it fell to this shard
 * @param layers what each layer did, in order
 * @param mutants what became of each mutant
 * @param races what was seen of each race, by where the words were
 * @param namedInvariants how many checks of a layer are tagged with an invariant, by both
 */
record RunResults(
    Shard shard,
    Budget budget,
    long seed,
    Environment environment,
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
   * @throws IOException when it is not there, or is something else
   */
  static RunResults read(Path folder) throws IOException {
    return MAPPER.readValue(folder.resolve(FILE).toFile(), RunResults.class);
  }

  /** Writes the file into this folder. */
  void write(Path folder) throws IOException {
    MAPPER.writeValue(folder.resolve(FILE).toFile(), this);
  }
}
