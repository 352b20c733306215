package io.github.datastorelookup.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.verification.CampaignRound.Amount;
import io.github.datastorelookup.verification.CampaignRound.Found;
import io.github.datastorelookup.verification.page.CampaignPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rounds add up to, what is kept of them, and what a campaign does at its end. */
@Tag("runner")
final class CampaignTest {
  private static final CampaignState NEW =
      new CampaignState("abc", Budget.SMOKE, "", 7, 0, false, List.of());

  private static CampaignRound round(int number, RunVerdict verdict, Found... failures) {
    Amount amount = new Amount("simulation", 29, 1000, "schedules", 2);
    return new CampaignRound(
        number, number, "then", 10, verdict, true, List.of(amount), List.of(failures));
  }

  private static CampaignRound early(int number) {
    return new CampaignRound(
        number, number, "then", 10, RunVerdict.PARTIAL, false, List.of(), List.of());
  }

  private static Found found(String cause) {
    return new Found("unit", cause, "A#b", "bad <i>", "mvn again");
  }

  @Test
  void state_isReadAsItWasWritten_andRoundsAreInOrder(@TempDir Path folder) throws IOException {
    CampaignState state =
        NEW.plus(round(2, RunVerdict.PASSED), 20).plus(round(1, RunVerdict.PASSED), 30);
    state.write(folder);
    assertEquals(state, CampaignState.read(folder));
    assertEquals(1, state.rounds().get(0).number());
    assertEquals(3, state.next());
    assertEquals(List.of(new Amount("simulation", 58, 2000, "schedules", 4)), state.totals());
  }

  @Test
  void stateThatIsTorn_isRefusedWithItsName(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("campaign.json"), "{\"commit");
    var refused = assertThrows(IllegalArgumentException.class, () -> CampaignState.read(folder));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.startsWith(file + " is no state of a campaign, move it away"), message);
  }

  @Test
  void campaign_thatWasCutOffInItsFirstRoundOrByASignal_isPartial() {
    assertEquals(RunVerdict.PARTIAL, NEW.over(1).verdict());
    assertEquals(RunVerdict.PARTIAL, NEW.plus(early(1), 1).over(1).verdict());
    CampaignState one = NEW.plus(round(1, RunVerdict.PASSED), 10);
    assertEquals(RunVerdict.PARTIAL, one.verdict());
    assertEquals(RunVerdict.PASSED, one.plus(early(2), 20).over(20).verdict());
    assertEquals(RunVerdict.PARTIAL, one.plus(round(2, RunVerdict.PARTIAL), 20).over(20).verdict());
  }

  @Test
  void campaign_ofWhichTheFirstRoundEndedEarly_isPartial() { // it alone has all layers
    CampaignState state = NEW.plus(early(1), 10).plus(round(2, RunVerdict.PASSED), 20).over(20);
    assertEquals(RunVerdict.PARTIAL, state.verdict());
  }

  @Test
  void resumedCampaign_runsAgainWhatASignalEnded_andForgetsNoFailure() {
    CampaignRound found =
        new CampaignRound(
            3, 3, "then", 10, RunVerdict.FAILED, false, List.of(), List.of(found("x")));
    CampaignState state =
        NEW.plus(early(1), 10).plus(round(2, RunVerdict.PASSED), 20).plus(found, 30).toGoOn();
    assertFalse(state.has(1));
    assertTrue(state.has(2) && state.has(3));
    assertEquals(30, state.seconds());
  }

  @Test
  void failuresOfOneCause_areOneOverAllRounds(@TempDir Path folder) throws IOException {
    CampaignState state =
        NEW.plus(round(1, RunVerdict.FAILED, found("x"), found("y")), 10)
            .plus(round(2, RunVerdict.FAILED, found("x")), 20);
    assertEquals(RunVerdict.FAILED, state.verdict());
    assertEquals(2, state.failures().size());
    String page = Files.readString(CampaignPage.write(state, 8, folder));
    assertTrue(page.contains("unit: A#b (and 1 more)"), page);
    assertTrue(page.contains("bad &lt;i&gt;"), page);
    assertTrue(page.contains("2,000"), page);
    assertEquals(
        "failed: 2 complete rounds in 0.3 of 8 minutes, 2 different failures.",
        CampaignPage.headline(state, 8));
  }

  @Test
  void headline_saysWhatEndedEarly() {
    CampaignState state = NEW.plus(round(1, RunVerdict.PASSED), 10).plus(early(2), 480).over(480);
    assertEquals(
        "passed: 1 complete round and 1 that ended early in 8.0 of 8 minutes, nothing failed.",
        CampaignPage.headline(state, 8));
  }

  @Test
  void campaign_ofWhichAnOptionLeftSomethingOut_isPartial() {
    CampaignState some =
        new CampaignState("abc", Budget.SMOKE, "-Donly=properties", 7, 0, false, List.of())
            .plus(round(1, RunVerdict.PASSED), 480)
            .over(480);
    assertEquals(RunVerdict.PARTIAL, some.verdict());
    assertEquals(
        "partial: 1 complete round in 8.0 of 8 minutes, nothing failed; all with -Donly=properties.",
        CampaignPage.headline(some, 8));
  }

  @Test
  void rounds_ofTheNewestAndOfEachFirstFailure_areKept(@TempDir Path folder) throws IOException {
    CampaignState state = NEW;
    for (int i = 1; i <= 8; i++) {
      Path unused = Files.createDirectories(Campaign.place(folder, i).resolve("parts"));
      state = state.plus(i == 2 || i == 3 ? round(i, RunVerdict.FAILED, found("x")) : early(i), i);
    }
    Campaign.deleteOldRounds(state, folder);
    for (int i = 1; i <= 8; i++) {
      assertEquals(i == 2 || i > 5, Files.exists(Campaign.place(folder, i)), "round " + i);
    }
    assertFalse(state.ended());
  }
}
