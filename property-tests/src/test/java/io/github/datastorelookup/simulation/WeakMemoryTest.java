package io.github.datastorelookup.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.checks.Docs;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.oracle.Counterexample;
import io.github.datastorelookup.oracle.Exploration;
import io.github.datastorelookup.oracle.Scenario;
import io.github.datastorelookup.oracle.ScenarioText;
import io.github.datastorelookup.weak.MemoryModel;
import io.github.datastorelookup.weak.Order;
import io.github.datastorelookup.weak.Order.Access;
import io.github.datastorelookup.weak.Orders;
import io.github.datastorelookup.weak.Placement;
import io.github.datastorelookup.weak.Site;
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

  private static InvariantViolation broken(Placement placement, String site, Order order) {
    Scenario weak =
        scenario(HANDSHAKE)
            .on(new MemoryModel(placement, Orders.NEEDED.with(Site.parse(site), order)));
    return assertThrows(
        InvariantViolation.class, () -> Exploration.explore(weak, 1, 2, 5_000), site);
  }

  /** Each placement of the fence shows what the other one hides. */
  @Test
  @Tag("INV-3")
  void countAndSecondLook_needTheOneOrder() {
    assertEquals("INV-3", broken(Placement.AFTER, "W3 word update", Order.ACQ_REL).invariant());
    assertEquals(
        "INV-3", broken(Placement.BEFORE, "W4 generation load", Order.ACQUIRE).invariant());
  }

  @Test
  void aBrokenOrder_isToldWithWhatWasOld_andReplays() {
    InvariantViolation violation = broken(Placement.BEFORE, "W4 generation load", Order.ACQUIRE);
    String story = String.valueOf(violation.getMessage());
    assertTrue(story.contains("memory: weak, fences before, W4 generation load: acquire"), story);
    assertTrue(story.contains("(old: T"), story);
    Counterexample again = ScenarioText.parse(story.substring(ScenarioText.begin(story)));
    InvariantViolation replayed = Objects.requireNonNull(again.replay());
    assertEquals("INV-3", replayed.invariant());
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

  /** What ports may do differently: a failed attempt on a mutex orders nothing. */
  @Test
  @Tag("INV-5")
  void closingARegistry_relyingOnAFailedTryLock_isSeenToBreak() {
    Scenario closing =
        scenario(
            "LifeScenarioTest#registryClose_againstALookupThatEvictsAnothersFiles"
                + "_leavesNothingOpen");
    Orders orders = Orders.NEEDED.with(new Site("E1", "mutex", Access.STORE), Order.RELEASE);
    InvariantViolation violation =
        assertThrows(
            InvariantViolation.class,
            () ->
                Exploration.explore(
                    closing.on(new MemoryModel(Placement.AFTER, orders)), 1, 2, 5_000));
    assertEquals("INV-5", violation.invariant());
  }
}
