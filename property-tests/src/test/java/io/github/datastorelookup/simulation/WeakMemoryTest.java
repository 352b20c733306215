package io.github.datastorelookup.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.datastorelookup.checks.Docs;
import io.github.datastorelookup.oracle.Counterexample;
import io.github.datastorelookup.oracle.Exploration;
import io.github.datastorelookup.oracle.Scenario;
import io.github.datastorelookup.oracle.ScenarioText;
import io.github.datastorelookup.weak.MemoryModel;
import io.github.datastorelookup.weak.Orders;
import io.github.datastorelookup.weak.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Weak memory under the protocol: as weak as it says, and no weaker. */
@Tag("weak")
class WeakMemoryTest {
  private static final String HANDSHAKE =
      "ScenarioTest#warmLookup_againstSetModeAndCount_isSeenOrRefused";

  private static final List<String> SMALL =
      List.of(
          HANDSHAKE,
          "LifeScenarioTest#registryClose_againstAWarmLookup_leavesNothingOpen",
          "LifeScenarioTest#duplicate_againstCloseOfItsSource_isOpenOrRefused",
          "SaveScenarioTest#saves_ofTwoProcesses_areBothKept");

  private static Scenario scenario(String name) {
    return Objects.requireNonNull(WeakScenarios.all().get(name), name);
  }

  private static Set<String> outcomes(Scenario scenario) {
    Set<String> all = new TreeSet<>();
    Explorer.Result unused =
        Exploration.explore(
            scenario, 2, 5_000, null, (command, answer) -> all.add(command + " => " + answer));
    return all;
  }

  @Test
  void withFencesOnBothSides_outcomesAreThoseOfOneOrder() {
    for (String name : SMALL) {
      MemoryModel both = new MemoryModel(Placement.BOTH, Orders.NEEDED);
      assertEquals(outcomes(scenario(name)), outcomes(scenario(name).on(both)), name);
    }
  }

  /** The README leaves steps out; the numbers of lines change. */
  @Test
  void counterexampleOfTheReadme_isWhatIsPrinted() throws IOException {
    String readme = Files.readString(Docs.folder().resolveSibling("README.md"));
    int begin = readme.indexOf("INV-3 broken");
    String shown = readme.substring(begin, readme.indexOf("```", begin));
    Counterexample counterexample = ScenarioText.parse(shown.substring(shown.indexOf("processes")));
    List<String> printed =
        lines(String.valueOf(Objects.requireNonNull(counterexample.replay()).getMessage()));
    printed.retainAll(lines(shown));
    assertEquals(lines(shown), printed);
  }

  private static List<String> lines(String text) {
    return text.lines()
        .map(line -> line.replaceAll("java:\\d+ +", "java: ").replaceAll("[ |]+", " ").strip())
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
