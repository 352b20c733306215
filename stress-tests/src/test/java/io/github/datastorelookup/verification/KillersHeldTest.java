package io.github.datastorelookup.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.datastorelookup.verification.mutants.Mutant;
import io.github.datastorelookup.verification.mutants.Mutant.CheckName;
import io.github.datastorelookup.verification.mutants.MutantResult;
import io.github.datastorelookup.verification.mutants.MutantResult.Fate;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A mutant counts as killed only by a check that holds without it. */
@Tag("runner")
final class KillersHeldTest {
  private static final CheckName CHECK = new CheckName("unit", "a.B", "c");

  private static PartResult part(List<String> held, List<MutantResult> mutants) {
    LayerPlan plan = new LayerPlan("unit", new TreeSet<>(), new TreeSet<>());
    return new PartResult(plan, LayerResult.without("unit", "by -Donly"), held, mutants, Map.of());
  }

  private static MutantResult killed() {
    Mutant mutant = new Mutant("m", "s", "L2", "INV-3", "unit", List.of(CHECK), List.of());
    return new MutantResult(mutant, Fate.KILLED, CHECK.toString(), 1, "broken", "");
  }

  private static KillersHeld killers(List<String> layers, List<String> held) {
    return killers(layers, true, held);
  }

  private static KillersHeld killers(List<String> layers, boolean complete, List<String> held) {
    List<PartResult> parts = List.of(part(held, List.of()), part(List.of(), List.of(killed())));
    return new KillersHeld(layers, complete, parts, "mvn");
  }

  @Test
  void killByACheckThatHeld_staysAKill() {
    KillersHeld killers = killers(List.of("unit", "mutants"), List.of("a.B#c"));
    assertEquals(List.of(killed()), killers.confirmed());
    assertEquals(List.of(), killers.failures());
  }

  @Test
  void killByACheckThatDidNotHold_isAnErrorAndAFailure() {
    KillersHeld killers = killers(List.of("unit", "mutants"), List.of("a.B#other"));
    assertEquals(Fate.ERROR, killers.confirmed().get(0).fate());
    assertEquals(
        "a.B#c was not seen to hold without the mutant", killers.failures().get(0).message());
  }

  @Test
  void killByACheckOfALayerThatIsLeftOut_wasTriedWithoutTheMutantItself() {
    assertEquals(List.of(killed()), killers(List.of("mutants"), List.of()).confirmed());
  }

  @Test
  void killInARunThatWasEndedEarly_isNotCounted() {
    KillersHeld killers = killers(List.of("unit", "mutants"), false, List.of("a.B#other"));
    assertEquals(List.of(), killers.confirmed());
    assertEquals(List.of(), killers.failures());
  }

  @Test
  void shard_triesEachCheckThatKillsWithoutTheMutantItself() {
    assertEquals(List.of(), KillersHeld.reliedOn(List.of("unit"), new Shard(1, 300)));
    assertEquals(List.of("unit"), KillersHeld.reliedOn(List.of("unit"), new Shard(1, 1)));
  }
}
