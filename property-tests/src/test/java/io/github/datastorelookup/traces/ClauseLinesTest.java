package io.github.datastorelookup.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.datastorelookup.oracle.Scenario;
import io.github.datastorelookup.simulation.ClauseLines;
import io.github.datastorelookup.simulation.Schedules;
import io.github.datastorelookup.traces.Recording.Located;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the comments of the sources say, which moves with any change of them, mistake or not.
 *
 * <p>The clauses that the comments of {@code Protocol.java} give to the steps of a story, against
 * those that {@link Clauses} gives to the same steps without the sources.
 */
@Tag("exhaustive")
@Tag("golden")
class ClauseLinesTest {
  /**
   * The step's clause in the traces, and the one of its line where that is another: the line says
   * how a step is done (an undo is a drop), the trace says why.
   */
  private static final Set<String> DIFFERENCES =
      new TreeSet<>(
          Set.of(
              "E1 at L7",
              "L1 at T1",
              "L2 at L1",
              "L2 at T1",
              "L4 at L4, L5",
              "L5 at L4, L5",
              "L6 at L4",
              "L7 at D1",
              "M2 at D1",
              "M2 at M1",
              "M2 at M3",
              "M4 at S2",
              "M4 at S3",
              "R1 at D1",
              "S1 at M2",
              "S1 at M3",
              "T1 at D1"));

  private final Set<String> differences = new TreeSet<>();
  private final Set<String> agreed = new TreeSet<>();

  @Test
  void clauseOfALine_isThatOfTheStepInTheTraces() throws IOException {
    Map<String, Scenario> programs = new HashMap<>();
    TracePrograms.all().forEach(each -> programs.put(each.name(), each.scenario()));
    ClauseLines clauses = ClauseLines.ofThisLibrary();
    for (Map.Entry<String, List<Integer>> each : ChosenSchedules.all().entrySet()) {
      String id = each.getKey();
      Scenario scenario = Objects.requireNonNull(programs.get(id.replaceFirst("-\\d+$", "")), id);
      Recording run = Recording.of(scenario, Schedules.replay(each.getValue()));
      for (Located access : Objects.requireNonNull(run, id).located()) {
        compare(access.clause(), clauses.of(access.lines()));
      }
    }
    assertEquals(DIFFERENCES, differences);
    assertEquals(
        List.of(
            "D1", "D2", "E1", "L1", "L2", "L4", "L6", "L7", "M1", "M2", "M3", "S1", "S2", "S3",
            "T1", "T3", "W1", "W3", "W4"),
        List.copyOf(agreed));
  }

  private void compare(@Nullable String label, String ofLine) {
    if (ofLine.equals(label)) {
      agreed.add(label);
    } else if (label != null) {
      differences.add(label + " at " + ofLine);
    }
  }
}
