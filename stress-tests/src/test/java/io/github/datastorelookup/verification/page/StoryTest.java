package io.github.datastorelookup.verification.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.verification.Repository;
import io.github.datastorelookup.verification.page.Story.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A counterexample's text, read back and drawn. */
@Tag("runner")
final class StoryTest {
  /** Black that is not seen is what PlantUML draws around lifelines. */
  private static final Pattern COLOUR =
      Pattern.compile("(fill|stroke)[=:]\"?#(?!000\" fill-opacity=\"0)\\w+");

  private static Story story(String name) throws IOException {
    return Story.in(MadeUpRun.text(name)).orElseThrow();
  }

  @Test
  void text_ofARace_hasItsStepsAndSwitches() throws IOException {
    Story story = story("count-after-config-lock");
    assertEquals("INV-3", story.broken());
    assertEquals(2, story.threads());
    assertEquals(33, story.rows().size());
    assertEquals(new Row(1, "", "p1: save aaa offline", "T1 is interrupted"), story.rows().get(8));
    assertEquals(new Row(0, "", "  config lock.tryLock => true", ""), story.rows().get(1));
    assertEquals(List.of("p0: create aaa at /a => done"), story.before());
    assertFalse(story.kills());
  }

  private static final String WITH_CLAUSES =
      """
      INV-1 broken: p0: lookup aaa READ => DatastoreBusy
      processes: 2
      T1: p0: lookup aaa READ
      T2: p1: save aaa offline
      schedule: T1*90

       step | where                | T1 (p0)                       | T2 (p1)              |
          1 |                      | p0: lookup aaa READ           |                      |
          2 | Protocol.java:303 W1 |   generation.get => 2         |                      |
          3 | Protocol.java:213 L1 |   config lock.tryLock => no   |                      |
        ... | steps 3-3 repeat 80 times, until step 83
         84 |                      |                               | p1: save aaa offline | T1 waits
      """;

  @Test
  void text_withClausesAndARepeat_hasThemInItsRowsAndItsDiagram() {
    Story story = Story.in(WITH_CLAUSES).orElseThrow();
    assertEquals(2, story.threads());
    assertEquals(
        List.of(
            new Row(0, "", "p0: lookup aaa READ", ""),
            new Row(0, "W1", "  generation.get => 2", ""),
            new Row(0, "L1", "  config lock.tryLock => no", ""),
            new Row(Story.NO_THREAD, "", "steps 3-3 repeat 80 times, until step 83", ""),
            new Row(1, "", "p1: save aaa offline", "T1 waits")),
        story.rows());
    String diagram = String.join("\n", StoryDiagram.lines(story));
    assertTrue(diagram.contains(Plantuml.text("W1  get \u2192 2")), diagram);
    assertTrue(diagram.contains("over t0, t1 " + Palette.ANSWER.code() + " : steps 3"), diagram);
  }

  @Test
  void everythingThatSyncNames_isOnTheLifelineOfTheHeap() throws IOException {
    Pattern named = Pattern.compile("new(?:Mutex|VolatileRef|Map)\\(\\s*\"(\\w+)");
    Set<String> names = new TreeSet<>();
    Path sources = Repository.root().resolve("impl/src/main/java/io/github/datastorelookup");
    try (Stream<Path> files = Files.list(sources)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        named.matcher(Files.readString(file)).results().forEach(each -> names.add(each.group(1)));
      }
    }
    assertTrue(names.size() >= 12, names.toString());
    for (String name : names) {
      assertEquals("heap", Lifeline.lifeline(name + ".get => null"), name);
      assertEquals("heap", Lifeline.lifeline(name + " aaa.get => null"), name);
    }
  }

  @Test
  void text_thatIsNoStory_isNone() {
    assertTrue(Story.in("expected: <1> but was: <2>").isEmpty());
  }

  @Test
  void text_thatTellsItTwice_isToldOnce() throws IOException {
    String text = MadeUpRun.text("count-after-config-lock");
    assertEquals(Story.in(text), Story.in(text + "\nCaused by: again\n" + text));
  }

  @Test
  void diagram_ofARace_marksWhoIsInterrupted_andWhatIsBroken() throws IOException {
    String diagram = String.join("\n", StoryDiagram.lines(story("count-after-config-lock")));
    assertTrue(diagram.contains("hnote over t0"), diagram);
    assertTrue(diagram.contains("interrupted"), diagram);
    assertTrue(diagram.contains("INV<U+002D>3 is broken"), diagram);
    assertFalse(diagram.contains("destroy"), diagram);
  }

  @Test
  void step_goesToTheLifelineOfItsThing() {
    assertEquals("locks", Lifeline.lifeline("config lock.tryLock => true"));
    assertEquals("config file", Lifeline.lifeline("config.read => 36 bytes"));
    assertEquals("ledgers", Lifeline.lifeline("ledger 1.ops.word(aaa) => 2"));
    assertEquals("word aaa", Lifeline.lifeline("word aaa.getAndAdd(+READ) => reads=0"));
    assertEquals(
        "getAndAdd(+READ) \u2192 reads=0", Lifeline.label("word aaa.getAndAdd(+READ) => reads=0"));
    assertEquals("slots.get(a) \u2192 Slot", Lifeline.label("slots.get(a) => Slot[name=a]"));
  }

  @Test
  void diagram_ofAKill_endsALifeline() {
    String text =
        """
        INV-12 broken: stuck
        processes: 2
        T1: p0: save aaa offline
        T2: p1: lookup aaa READ
        schedule: T1*2 kill

         step | T1                   | T2                   |
            1 | p0: save aaa offline |                      |
            2 |   word aaa.get => 1  |                      |
            3 | is dead              |                      |
            4 |                      | p1: lookup aaa READ  | T1 waits
        """;
    Story story = Story.in(text).orElseThrow();
    assertTrue(story.kills());
    assertTrue(StoryDiagram.lines(story).contains("destroy t0"));
  }

  @Test
  void diagram_ofASequence_hasALifelineForEachProcess() throws IOException {
    List<String> lines = StoryDiagram.lines(story("one-bump-after-the-replace"));
    assertTrue(lines.get(0).matches("participant \".*p0.*\" as a0 .*"), lines.toString());
  }

  @Test
  void drawing_isTheSameEachTime_inColoursOfTheStyleSheet() throws IOException {
    List<String> lines = StoryDiagram.lines(story("claim-checked-and-then-taken"));
    String svg = Svg.inlined(Plantuml.svg(lines), "id", "a <title>", "b & c");
    assertEquals(svg, Svg.inlined(Plantuml.svg(lines), "id", "a <title>", "b & c"));
    assertTrue(svg.contains("<title id=\"id-title\">a &lt;title&gt;</title>"), svg);
    Set<String> others = new TreeSet<>();
    COLOUR.matcher(svg).results().forEach(found -> others.add(found.group()));
    assertEquals(Set.of(), others, "colours of the library's own");
  }

  @Test
  void textWithEverySign_isDrawnAsItIs() throws IOException {
    String signs = "a**b** //c// ~~d~~ <b>e</b> \"f\" [[g]] %h% $i !j 'k \\l --m-- __n__ => #o |p";
    String svg = Plantuml.svg(List.of("participant a", "note over a : " + Plantuml.text(signs)));
    String shown = Jsoup.parse(svg).select("text").text();
    assertTrue(shown.contains(signs), shown);
  }

  @Test
  void diagramThatIsNone_isAnError() {
    assertThrows(IOException.class, () -> Plantuml.svg(List.of("participant (((")));
  }
}
