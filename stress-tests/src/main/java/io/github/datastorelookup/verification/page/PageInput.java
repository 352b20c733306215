package io.github.datastorelookup.verification.page;

import io.github.datastorelookup.verification.races.RaceGrade;
import io.github.datastorelookup.verification.report.FailureFiles.Reported;
import io.github.datastorelookup.verification.report.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The input of a page.
 *
 * @param report the findings of the run
 * @param failures each with its file
 * @param races their grades, by the folder below that of jcstress
 * @param namedInvariants how many checks are tagged with an invariant, by layer and invariant
 * @param root the folder of the parent pom, with protocol, mutants and benchmarks
 * @param folder the folder of the page, beside the other files of the run
 * @param ended when the run was over
 */
public record PageInput(
    RunReport report,
    List<Reported> failures,
    Map<String, List<RaceGrade>> races,
    Map<String, Map<String, Integer>> namedInvariants,
    Path root,
    Path folder,
    Instant ended) {

  /** Copies the outer collections. */
  public PageInput {
    failures = List.copyOf(failures);
    races = Map.copyOf(races);
    namedInvariants = Map.copyOf(namedInvariants);
  }

  /** Whether this file is beside the page: only then is it linked. */
  boolean has(String file) {
    return Files.exists(folder.resolve(file));
  }
}
