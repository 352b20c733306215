package io.github.datastorelookup.verification.page;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.verification.CheckResult;
import io.github.datastorelookup.verification.CheckResult.Outcome;
import io.github.datastorelookup.verification.Environment;
import io.github.datastorelookup.verification.Failure;
import io.github.datastorelookup.verification.LayerResult;
import io.github.datastorelookup.verification.Repository;
import io.github.datastorelookup.verification.RunSettings;
import io.github.datastorelookup.verification.Scope;
import io.github.datastorelookup.verification.mutants.Mutant;
import io.github.datastorelookup.verification.mutants.Mutant.CheckName;
import io.github.datastorelookup.verification.mutants.MutantResult;
import io.github.datastorelookup.verification.mutants.MutantResult.Fate;
import io.github.datastorelookup.verification.races.RaceGrade;
import io.github.datastorelookup.verification.races.RaceGrade.Row;
import io.github.datastorelookup.verification.report.FailureFiles;
import io.github.datastorelookup.verification.report.FailureFiles.Reported;
import io.github.datastorelookup.verification.report.RunReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jcstress.annotations.Expect;

/** Runs that never were, with the files that they would have left. */
final class MadeUpRun {
  /** Everything that a page must not take for its own words. */
  static final String HOSTILE = "<script>alert(1)</script> & \"quotes\" 'and' <b>tags</b>";

  static final Environment HERE =
      new Environment(
          "AMD EPYC", 2, "Debian 17.0.15", "Linux 6 amd64", "0123456789abcdef", "2026-11-26");

  private static final String CHECK = "io.github.datastorelookup.exhaustive.WarmTest#holds";
  private static final CheckResult GOOD = new CheckResult("C", "good", 1.5, Outcome.PASSED, null);

  private final Path folder;
  private final List<LayerResult> layers = new ArrayList<>();
  private final List<MutantResult> mutants = new ArrayList<>();
  private final List<Reported> failures = new ArrayList<>();
  private Map<String, List<RaceGrade>> races = Map.of();

  private MadeUpRun(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** Nothing ran at all. */
  static PageInput empty(Path folder) throws IOException {
    return new MadeUpRun(folder).input();
  }

  /** All is well, and all instructive mutants were tried. */
  static PageInput passing(Path folder) throws IOException {
    MadeUpRun run = new MadeUpRun(folder);
    run.layer("unit", "cases", 436, List.of());
    run.layer("exhaustive", "schedules", 60_417, List.of());
    run.layer("jcstress", "samples", 12_345_678, List.of());
    run.layer("mutants", "check runs", 74, List.of());
    run.mutantsAndRaces();
    return run.input();
  }

  /** One of each kind of failure. */
  static PageInput failing(Path folder) throws IOException {
    MadeUpRun run = new MadeUpRun(folder);
    String text = text("count-after-config-lock");
    String story =
        "INV-3 broken: p0: lookup aaa WRITE => granted, though nobody may come in\n"
            + text.substring(text.indexOf("processes: "));
    run.layer(
        "unit", "cases", 436, List.of(new Failure("FilesTest#opens", HOSTILE, HOSTILE, "mvn x")));
    run.layer(
        "exhaustive",
        "schedules",
        60_417,
        List.of(new Failure(CHECK + " holds()", story, "", "mvn y")));
    run.layers.add(LayerResult.without("lincheck", "by -Donly"));
    run.layer("mutants", "check runs", 74, List.of());
    run.mutantsAndRaces();
    run.mutants.add(
        new MutantResult(mutant("not-seen", "unit"), Fate.SURVIVED, "", 2, HOSTILE, ""));
    return run.input();
  }

  static String text(String counterexample) throws IOException {
    try (InputStream in = MadeUpRun.class.getResourceAsStream(counterexample + ".txt")) {
      if (in == null) {
        throw new IOException("no such resource: " + counterexample);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void layer(String name, String unit, long explored, List<Failure> failed)
      throws IOException {
    layers.add(
        new LayerResult(
            name,
            9,
            9,
            explored,
            unit,
            31.4,
            List.of(GOOD),
            failed,
            List.of(
                "a note " + HOSTILE,
                "| pairs | ran |",
                "|---|---|",
                "| idle " + HOSTILE + " | 12 |",
                "| command | outcomes |",
                "|---|---|",
                "| Move | done 3, refused 4 |"),
            Scope.WHOLE));
    failed(name, failed);
  }

  private void failed(String layer, List<Failure> failed) throws IOException {
    FailureFiles files = new FailureFiles(new RunSettings(folder, Budget.SMOKE, 7), HERE);
    for (Failure each : failed) {
      Path own = Files.createDirectories(folder.resolve("failures")).resolve(layer + "-001.txt");
      Path written = files.write(layer, each);
      Path unused = Files.copy(written, own, StandardCopyOption.REPLACE_EXISTING);
      failures.add(new Reported(layer, each, own, each.replay()));
    }
  }

  private void mutantsAndRaces() throws IOException {
    List<String> texts =
        List.of(
            text("count-after-config-lock"),
            text("one-bump-after-the-replace"),
            text("claim-checked-and-then-taken"));
    Path stories = Files.createDirectories(folder.resolve("counterexamples"));
    for (int i = 0; i < StorySection.INSTRUCTIVE.size(); i++) {
      String id = StorySection.INSTRUCTIVE.get(i);
      Path unused = Files.writeString(stories.resolve(id + ".txt"), texts.get(i % texts.size()));
      mutants.add(
          new MutantResult(mutant(id, "exhaustive"), Fate.KILLED, CHECK, i / 4.0, "broken", ""));
    }
    Path report = Files.createDirectories(folder.resolve("jcstress/mapped/report"));
    for (String page : List.of("index", "io.github.datastorelookup.races.WordRace")) {
      Path unused = Files.writeString(report.resolve(page + ".html"), "<title>jcstress</title>");
    }
    races =
        Map.of(
            "mapped",
            List.of(
                race("WordRace", Expect.FORBIDDEN, 0),
                race("WordRace.ByStores", Expect.ACCEPTABLE_INTERESTING, 17),
                race("WordRace.TooSeldom", Expect.ACCEPTABLE_INTERESTING, 0),
                race("WarmLookupVersusSetMode", Expect.FORBIDDEN, 0),
                race("WarmLookupVersusSetMode.NoW4", Expect.ACCEPTABLE_INTERESTING, 1)));
  }

  private static RaceGrade race(String name, Expect expect, long bad) {
    return new RaceGrade(
        "io.github.datastorelookup.races." + name,
        1000 + bad,
        List.of(
            new Row("1, 1", Expect.ACCEPTABLE, "one after the other " + HOSTILE, 1000),
            new Row("0, 1", expect, "one of them is lost", bad)),
        true,
        "",
        "");
  }

  private static Mutant mutant(String id, String layer) {
    return new Mutant(
        id, "A mistake: " + HOSTILE, "L2", "INV-3", layer, List.<CheckName>of(), List.of());
  }

  private PageInput input() {
    return new PageInput(
        new RunReport(new RunSettings(Path.of("."), Budget.SMOKE, 7), HERE, layers, mutants, 1),
        failures,
        races,
        Map.of("unit", Map.of("INV-13", 2)),
        Repository.root(),
        folder,
        Instant.parse("2026-11-23T02:00:00Z"));
  }
}
