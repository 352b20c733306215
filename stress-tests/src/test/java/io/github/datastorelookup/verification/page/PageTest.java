package io.github.datastorelookup.verification.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.verification.Repository;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page says what the run found, leads only where something is, and takes no text for tags.
 *
 * <p>The pages are left in {@code stress-tests/target/pages}, for the test in a browser.
 */
@Tag("runner")
final class PageTest {
  private static final Path PAGES = Repository.root().resolve("stress-tests/target/pages");

  private static Document read(PageInput input) throws IOException {
    Path page = Page.write(input);
    return Jsoup.parse(Files.readString(page), page.toUri().toString());
  }

  private static Document passing() throws IOException {
    return read(MadeUpRun.passing(PAGES.resolve("passing")));
  }

  private static Document failing() throws IOException {
    return read(MadeUpRun.failing(PAGES.resolve("failing")));
  }

  private static Element required(Document page, String selector) {
    Element found = page.selectFirst(selector);
    assertNotNull(found, selector);
    return found;
  }

  private static void assertLinksResolve(Document page, Path folder) {
    List<String> broken = new ArrayList<>();
    for (Element link : page.select("[href], [src]")) {
      String target = link.hasAttr("href") ? link.attr("href") : link.attr("src");
      boolean there =
          target.startsWith("#")
              ? page.getElementById(target.substring(1)) != null
              : Files.exists(folder.resolve(URI.create(target).getPath()));
      if (!there) {
        broken.add(target);
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void notes_thatAreLinesOfTables_areTables() throws IOException {
    Document page = passing();
    Element table = required(page, "table:has(caption:containsOwn(pairs))");
    assertEquals("pairs ran", table.select("thead th").text());
    assertEquals(1, table.select("tbody tr").size());
    assertEquals("12", table.select("tbody td").text());
    Element commands = required(page, "table:has(caption:containsOwn(command))");
    assertEquals("Move done 3, refused 4", commands.select("tbody tr").text());
    assertEquals(List.of(), page.select("li:containsOwn(|)"));
  }

  @Test
  void passingRun_saysSoFirst_andHasNoFailures() throws IOException {
    Document page = passing();
    assertTrue(required(page, "h1").text().contains("Passed"), required(page, "h1").text());
    assertEquals("example", required(page, "main > section").id());
    assertEquals(0, page.select("#failures").size());
  }

  @Test
  void failingRun_leadsWithItsFailures() throws IOException {
    Document page = failing();
    assertTrue(required(page, "h1").text().contains("Failed"), required(page, "h1").text());
    assertEquals("failures", required(page, "main > section").id());
    assertEquals(0, page.select("#example").size());
    assertEquals(2, page.select("#failures article").size());
    Element story = page.select("#failures article").get(1);
    assertTrue(story.text().contains("mvn y"), "the command that repeats it");
    assertEquals("WarmTest#holds", story.select("h3").text());
    assertEquals(1, story.select("svg").size());
    assertTrue(story.text().contains("T1: p0: lookup aaa WRITE"), "the text of the story");
    assertTrue(required(page, "#failures").text().contains("Left out: lincheck by -Donly"));
  }

  @Test
  void survivor_isTheFirstOfTheMutants() throws IOException {
    assertTrue(required(failing(), "#mutant-table tbody tr").text().contains("survived"));
  }

  @Test
  void nothingRan_isAPageAllTheSame(@TempDir Path folder) throws IOException {
    Document page = read(MadeUpRun.empty(folder));
    assertTrue(required(page, "h1").text().contains("Failed"));
    assertTrue(required(page, "#failures").text().contains("No layer ran"));
    assertTrue(required(page, "#races").text().contains("No race ran"));
    assertTrue(required(page, "#mutants").text().contains("No mutant was tried"));
    assertLinksResolve(page, folder);
  }

  @Test
  void everyLink_leadsSomewhere() throws IOException {
    assertLinksResolve(passing(), PAGES.resolve("passing"));
    assertLinksResolve(failing(), PAGES.resolve("failing"));
    assertTrue(passing().select("a[href^=jcstress]").size() >= 2);
  }

  @Test
  void hostileText_staysText() throws IOException {
    Document page = failing();
    assertEquals(1, page.select("script").size());
    assertEquals(0, page.select("main b").size());
    assertTrue(required(page, "#failures pre").text().contains("<script>alert(1)</script>"));
  }

  @Test
  void page_needsNothingElse() throws IOException {
    for (Document page : List.of(passing(), failing())) {
      assertEquals(0, page.select("link, img, iframe, [src], base").size());
      assertFalse(page.html().contains("@import"));
      assertFalse(page.html().replace("http://www.w3.org/", "").contains("http://"));
    }
  }

  @Test
  void everyInstructiveMutantThatWasTried_isDrawn() throws IOException {
    Document page = passing();
    assertEquals(1, page.select("#example svg").size());
    assertEquals(9, page.select("#stories svg").size());
    for (String id : StorySection.INSTRUCTIVE) {
      Element drawing = required(page, "#story-" + id + " svg");
      assertTrue(drawing.text().contains("is broken"), id);
    }
  }

  @Test
  void page_opensWithWhatItIsAbout_whenAndWhereItRan_andOneDiagram() throws IOException {
    Document page = passing();
    String banner = required(page, "header.banner").text();
    for (String part :
        List.of(
            MadeUpRun.passing(PAGES.resolve("passing")).report().headline(),
            "This run checks a cached datastore lookup",
            "Passed: each planned check ran, and none failed.",
            "2026-11-23 02:00 UTC, commit 0123456789abcdef, 2 \u00d7 AMD EPYC, Debian 17")) {
      assertTrue(banner.contains(part), () -> part + " is not in " + banner);
    }
    assertEquals(1, page.select("details.card[open]").size());
    assertEquals(1, page.select("#example details.card[open] svg").size());
    String failed = required(failing(), "header.banner").text();
    assertTrue(failed.contains("Failed: a check failed, or did not run"), failed);
  }

  @Test
  void race_hasItsQuestion_itsSource_andWhatItsWrongVersionShowed() throws IOException {
    List<Element> races = passing().select("#races details.race");
    List<Element> asked =
        races.stream().filter(race -> race.text().contains("WarmLookupVersusSetMode")).toList();
    assertEquals(2, asked.size());
    for (Element race : asked) {
      assertEquals(
          "Can a decider that set a mode and then counts miss a warm lookup, which takes no lock?",
          race.select("summary .question").text());
      String source = race.select("a[href$=WarmLookupVersusSetMode.java]").attr("href");
      assertTrue(Files.exists(PAGES.resolve("passing").resolve(source)), source);
    }
    assertEquals(
        List.of(
            "1,000 samples; NoW4 showed the forbidden outcome 1 time",
            "1,001 samples; showed the forbidden outcome 1 time"),
        asked.stream().map(race -> race.select("summary .about").text()).toList());
    Element unknown = races.get(0);
    assertEquals("", unknown.select("summary .question").text(), "there is no such source");
  }

  @Test
  void wrongVersion_thatShowedNothing_isInconclusive() throws IOException {
    List<String> results =
        passing().select("#races details.race").stream()
            .map(race -> race.select("summary").text())
            .filter(text -> text.contains("WordRace"))
            .toList();
    assertEquals(3, results.size());
    assertTrue(results.get(0).contains("held"), results::toString);
    assertTrue(results.get(1).contains("seen to fail"), results::toString);
    assertTrue(results.get(2).contains("inconclusive"), results::toString);
    assertFalse(results.get(2).contains("seen to fail"), results::toString);
  }

  @Test
  void headings_areInOrder_andIdsAreUnique() throws IOException {
    Document page = failing();
    int level = 0;
    for (Element heading : page.select("h1, h2, h3, h4")) {
      int next = heading.tagName().charAt(1) - '0';
      assertTrue(next <= level + 1, heading.toString());
      level = next;
    }
    List<String> ids = page.select("[id]").eachAttr("id");
    assertEquals(ids.size(), ids.stream().distinct().count(), ids.toString());
  }

  @Test
  void tables_haveCaptionsAndScopes() throws IOException {
    for (Element table : failing().select("table")) {
      assertEquals(1, table.select("caption").size());
      assertEquals(0, table.select("th:not([scope])").size());
    }
  }

  @Test
  void clauseWithoutAMutant_isAGap(@TempDir Path root) throws IOException {
    Path docs = Files.createDirectories(root.resolve("docs"));
    Path unused =
        Files.writeString(
            docs.resolve("protocol.md"), "| L2 | count |\n| Z9 | nobody |\n| INV-3 | a | b |\n");
    PageInput run = MadeUpRun.passing(root.resolve("out"));
    PageInput here =
        new PageInput(
            run.report(), List.of(), Map.of(), Map.of(), root, run.folder(), Instant.EPOCH);
    Document page = read(here);
    List<String> gaps = new ArrayList<>();
    page.select("#protocol tbody tr")
        .forEach(
            row -> {
              if (row.text().contains("gap")) {
                gaps.add(row.select("th").text());
              }
            });
    assertEquals(List.of("Z9nobody"), gaps);
  }

  @Test
  void pageThatCannotBeMade_isAnError(@TempDir Path root) throws IOException {
    PageInput run = MadeUpRun.passing(root.resolve("out"));
    PageInput withoutProtocol =
        new PageInput(
            run.report(), List.of(), Map.of(), Map.of(), root, run.folder(), Instant.EPOCH);
    assertThrows(IOException.class, () -> Page.write(withoutProtocol));
    assertFalse(Files.exists(run.folder().resolve(Page.FILE)));
  }
}
