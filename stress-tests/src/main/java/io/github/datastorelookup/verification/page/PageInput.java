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
 * All that a page is made of.
 *
 * @param report what the run found
 * @param failures each with its file
 * @param races what was seen of them, by the folder below that of jcstress
 * @param namedInvariants how many checks of a layer are tagged with an invariant, by both
 * @param root the folder of the parent pom: protocol, mutants and benchmarks are read there
 * @param folder where the page goes, beside the other files of the run
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

  /** Copies the outer ones. */
  public PageInput {
    failures = List.copyOf(failures);
    races = Map.copyOf(races);
    namedInvariants = Map.copyOf(namedInvariants);
  }

  /** Whether there is such a file beside the page: only then is it linked. */
  boolean has(String file) {
    return Files.exists(folder.resolve(file));
  }
}
