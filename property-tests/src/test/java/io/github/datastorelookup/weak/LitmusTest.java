package io.github.datastorelookup.weak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.datastorelookup.checks.Docs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The classic litmus tests: the model of memory is as weak as it should be, and not weaker. */
@Tag("weak")
class LitmusTest {
  private static final String CATS = "Alglave, Maranget, Tautschnig 2014";
  private static final String RC11 = "Lahav, Vafeiadis, Kang, Hur, Dreyer 2017";
  private static final String C20 = "C++20, [intro.races], [atomics.order]";

  private static Litmus allowed(String name, String outcome, String source, String... program) {
    return new Litmus(name, List.of(program), outcome, true, true, source);
  }

  private static Litmus forbidden(String name, String outcome, String source, String... program) {
    return new Litmus(name, List.of(program), outcome, false, false, source);
  }

  /** Allowed, and not seen here. */
  private static Litmus missed(String name, String outcome, String source, String... program) {
    return new Litmus(name, List.of(program), outcome, true, false, source);
  }

  static final List<Litmus> ALL =
      List.of(
          allowed("SB relaxed", "a=0 b=0", CATS, "x=1 rlx; a=y rlx", "y=1 rlx; b=x rlx"),
          allowed("SB release, acquire", "a=0 b=0", C20, "x=1 rel; a=y acq", "y=1 rel; b=x acq"),
          forbidden("SB seq_cst", "a=0 b=0", C20, "x=1 sc; a=y sc", "y=1 sc; b=x sc"),
          allowed("SB, one load acquire", "a=0 b=0", RC11, "x=1 sc; a=y acq", "y=1 sc; b=x sc"),
          allowed("SB, one store release", "a=0 b=0", RC11, "x=1 rel; a=y sc", "y=1 sc; b=x sc"),
          forbidden(
              "SB with fences",
              "a=0 b=0",
              CATS,
              "x=1 rlx; fence; a=y rlx",
              "y=1 rlx; fence; b=x rlx"),
          allowed(
              "SB with one fence", "a=0 b=0", CATS, "x=1 rlx; fence; a=y rlx", "y=1 rlx; b=x rlx"),
          allowed(
              "SB of updates, acq_rel",
              "a=0 b=0 c=0 d=0",
              C20,
              "c=x+1 ar; a=y acq",
              "d=y+1 ar; b=x acq"),
          forbidden(
              "SB of updates, seq_cst",
              "a=0 b=0 c=0 d=0",
              C20,
              "c=x+1 sc; a=y sc",
              "d=y+1 sc; b=x sc"),
          allowed("MP relaxed", "a=1 b=0", CATS, "x=1 rlx; y=1 rlx", "a=y rlx; b=x rlx"),
          allowed("MP, store relaxed", "a=1 b=0", C20, "x=1 rlx; y=1 rlx", "a=y acq; b=x rlx"),
          allowed("MP, load relaxed", "a=1 b=0", C20, "x=1 rlx; y=1 rel", "a=y rlx; b=x rlx"),
          forbidden("MP release, acquire", "a=1 b=0", C20, "x=1 rlx; y=1 rel", "a=y acq; b=x rlx"),
          forbidden(
              "MP with fences",
              "a=1 b=0",
              CATS,
              "x=1 rlx; fence; y=1 rlx",
              "a=y rlx; fence; b=x rlx"),
          forbidden(
              "MP by a release sequence",
              "a=2 b=0 c=1 d=0",
              C20,
              "x=1 rlx; d=y+1 rel",
              "c=y+2 rlx",
              "a=y acq; b=x rlx"),
          forbidden(
              "MP by a lock",
              "a=1 b=0",
              C20,
              "lock; x=1 rlx; y=1 rlx; unlock",
              "lock; a=y rlx; b=x rlx; unlock"),
          forbidden("CoRR", "a=1 b=0", CATS, "x=1 rlx", "a=x rlx; b=x rlx"),
          forbidden("CoWR", "a=0", CATS, "x=1 rlx; a=x rlx"),
          forbidden("CoWR beside an update", "a=0 b=0", CATS, "x=1 rlx; a=x rlx", "b=y+1 rlx"),
          forbidden("updates are atomic", "a=0 b=0", C20, "a=x+1 rlx", "b=x+1 rlx"),
          allowed(
              "WRC relaxed",
              "a=1 b=1 c=0",
              CATS,
              "x=1 rlx",
              "a=x rlx; y=1 rlx",
              "b=y rlx; c=x rlx"),
          forbidden(
              "WRC release, acquire",
              "a=1 b=1 c=0",
              CATS,
              "x=1 rel",
              "a=x acq; y=1 rel",
              "b=y acq; c=x acq"),
          forbidden(
              "ISA2 release, acquire",
              "a=1 b=1 c=0",
              CATS,
              "x=1 rlx; y=1 rel",
              "a=y acq; z=1 rel",
              "b=z acq; c=x rlx"),
          allowed(
              "ISA2, relaxed in the middle",
              "a=1 b=1 c=0",
              CATS,
              "x=1 rlx; y=1 rel",
              "a=y rlx; z=1 rel",
              "b=z acq; c=x rlx"),
          allowed(
              "IRIW release, acquire",
              "a=1 b=0 c=1 d=0",
              CATS,
              "x=1 rel",
              "y=1 rel",
              "a=x acq; b=y acq",
              "c=y acq; d=x acq"),
          forbidden(
              "IRIW seq_cst",
              "a=1 b=0 c=1 d=0",
              C20,
              "x=1 sc",
              "y=1 sc",
              "a=x sc; b=y sc",
              "c=y sc; d=x sc"),
          allowed(
              "IRIW, first loads acquire",
              "a=1 b=0 c=1 d=0",
              RC11,
              "x=1 sc",
              "y=1 sc",
              "a=x acq; b=y sc",
              "c=y acq; d=x sc"),
          allowed(
              "RWC release, acquire",
              "a=1 b=0 c=0",
              CATS,
              "x=1 rel",
              "a=x acq; b=y acq",
              "y=1 rel; c=x acq"),
          forbidden(
              "RWC seq_cst", "a=1 b=0 c=0", CATS, "x=1 sc", "a=x sc; b=y sc", "y=1 sc; c=x sc"),
          forbidden("LB acquire, release", "a=1 b=1", C20, "a=x acq; y=1 rel", "b=y acq; x=1 rel"),
          missed(
              "LB relaxed",
              "a=1 b=1",
              C20 + "; RC11 forbids it",
              "a=x rlx; y=1 rlx",
              "b=y rlx; x=1 rlx"));

  private static final Litmus.Model RIGHT =
      (scheduler, placement) -> new WeakMemory(scheduler, Orders.NEEDED, placement, null);

  private static List<String> wrong(Litmus.Model model) {
    List<String> wrong = new ArrayList<>();
    for (Litmus each : ALL) {
      Set<String> outcomes = each.outcomes(model);
      if (outcomes.contains(each.outcome()) != each.shown()) {
        wrong.add(each.name() + ": " + outcomes);
      }
    }
    return wrong;
  }

  @Test
  void eachLitmusTest_hasItsVerdict() {
    assertEquals(List.of(), wrong(RIGHT));
  }

  private static final Path PAGE = Docs.folder().resolve("reference/litmus.md");

  /** To write it anew: {@code -Dlitmus.write=true}. */
  @Test
  void page_hasEachTest() throws IOException {
    List<String> page =
        new ArrayList<>(
            List.of(
                "# Litmus tests",
                "",
                "`LitmusTest` writes this page with `-Dlitmus.write=true`. It explores every"
                    + " schedule of each test on [the simulated weak"
                    + " memory](memory-orders.md#the-model): once with the fences of sequentially"
                    + " consistent accesses before them, once behind them. Three wrong models"
                    + " must each fail some tests: without fences, with acquire loads that learn"
                    + " nothing of the writing thread's view, and with relaxed loads that learn"
                    + " it.",
                "",
                "`x=1 rel` stores 1, `a=x acq` loads `x`, and `a=x+1 ar` loads `x` and stores 1"
                    + " in one step (it does not add). Locations start at 0, and `∥` separates"
                    + " threads. The orders are `rlx` (relaxed), `acq` (acquire), `rel`"
                    + " (release), `ar` (both) and `sc` (sequentially consistent).",
                "",
                "**Not shown** marks an outcome that C++20 allows and the model never shows."
                    + " Tests of two unordered stores to one location (2+2W, R, S) are left out:"
                    + " the protocol has no such stores, and a scenario that has them fails.",
                "",
                "| test | threads | outcome | C++20 | here | source |",
                "|---|---|---|---|---|---|"));
    for (Litmus each : ALL) {
      page.add(
          String.format(
              Locale.ROOT,
              "| %s | `%s` | `%s` | %s | %s | %s |",
              each.name(),
              String.join("` ∥ `", each.program()),
              each.outcome(),
              each.allowed() ? "allowed" : "forbidden",
              each.shown() ? "seen" : each.allowed() ? "**not shown**" : "never seen",
              each.source()));
    }
    if (Boolean.getBoolean("litmus.write")) {
      Path unused = Files.write(PAGE, page);
    }
    assertEquals(page, Files.readAllLines(PAGE));
  }

  @Test
  void memoryWhoseAcquiresLearnNothing_isTooWeak() {
    assertNotEquals(
        List.of(),
        wrong(
            (scheduler, placement) ->
                new WeakMemory(scheduler, Orders.NEEDED, placement, null) {
                  @Override
                  boolean synchronizes(Order order) {
                    return false;
                  }
                }));
  }

  @Test
  void memoryWithoutFences_isTooWeak() {
    assertNotEquals(
        List.of(),
        wrong(
            (scheduler, placement) ->
                new WeakMemory(scheduler, Orders.NEEDED, placement, null) {
                  @Override
                  void fence() {}
                }));
  }

  @Test
  void memoryWhoseRelaxedLoadsLearn_isTooStrong() {
    assertNotEquals(
        List.of(),
        wrong(
            (scheduler, placement) ->
                new WeakMemory(scheduler, Orders.NEEDED, placement, null) {
                  @Override
                  boolean synchronizes(Order order) {
                    return true;
                  }
                }));
  }

  /** Their order would be a choice that is not made here. */
  @Test
  void twoStoresWithoutAnOrder_areAnErrorOfTheScenario() {
    Litmus twoPlusTwoW = forbidden("2+2W", "", CATS, "x=1 rlx; y=2 rlx", "y=1 rlx; x=2 rlx");
    AssertionError thrown = assertThrows(AssertionError.class, () -> twoPlusTwoW.outcomes(RIGHT));
    assertEquals(
        "two threads store to x, and nothing orders their stores",
        String.valueOf(thrown.getCause())
            .replaceFirst(".*: two", "two")
            .replaceFirst(" y,", " x,"));
  }
}
