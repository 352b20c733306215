package io.github.datastorelookup.specimens.flaws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.specimens.SpecimenKind;
import io.github.datastorelookup.verification.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/upstream.md} has a section for each of P1 to P17. The table of {@code
 * docs/reference/upstream-stories.md} has a row for each scenario, and its stories are the shortest
 * schedules that break an invariant.
 */
@Tag("runner")
final class UpstreamTest {
  private static final String REWRITE =
      "run: mvn -pl stress-tests -am test -Dtest=UpstreamTest -Dupstream.write=true"
          + " -Dsurefire.failIfNoSpecifiedTests=false";
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([PVR]\\d+) \\| [^|]+ (\\|.*)$");
  private static final Pattern TRACE =
      Pattern.compile("(<!-- trace (\\w+) (\\S+) -->\n```\n)(?s:.*?)(```\n)");

  private final Path stories = Repository.root().resolve("docs/reference/upstream-stories.md");
  private final String text;

  UpstreamTest() throws IOException {
    text = Files.readString(stories);
  }

  @Test
  void table_hasARowForEachScenario() {
    List<String> rows = new ArrayList<>();
    for (MatchResult row : ROW.matcher(text).results().toList()) {
      rows.add("| " + row.group(1) + " " + row.group(2));
    }
    assertEquals(
        Flaws.ALL.stream().map(UpstreamTest::row).collect(Collectors.joining("\n")),
        String.join("\n", rows));
  }

  private static String row(Flaw flaw) {
    String in =
        flaw.in().equals(EnumSet.allOf(SpecimenKind.class))
            ? "all"
            : flaw.in().stream().map(SpecimenKind::id).collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "| %s | %s | `%s` | %s | %s | holds |",
        flaw.id(),
        flaw.invariant(),
        flaw.name(),
        in,
        flaw.message());
  }

  @Test
  void everyFlaw_hasAScenarioAndASection() throws IOException {
    String page = Files.readString(Repository.root().resolve("docs/upstream.md"));
    for (String id : IntStream.rangeClosed(1, 17).mapToObj(number -> "P" + number).toList()) {
      assertTrue(Flaws.ALL.stream().anyMatch(flaw -> flaw.id().equals(id)), id);
      assertTrue(page.contains("\n### " + id + " "), id + " has no section");
    }
  }

  @Test
  void traces_whenTheyAreMadeAgain_areTheCommittedOnes() throws IOException {
    Matcher traces = TRACE.matcher(text);
    StringBuilder made = new StringBuilder();
    int number = 0;
    while (traces.find()) {
      number++;
      String lines = String.join("\n", trace(traces.group(2), traces.group(3)));
      traces.appendReplacement(
          made, Matcher.quoteReplacement(traces.group(1) + lines + "\n" + traces.group(4)));
    }
    traces.appendTail(made);
    if (Boolean.getBoolean("upstream.write")) {
      Files.writeString(stories, made);
    } else {
      assertEquals(made.toString(), text, REWRITE);
    }
    assertEquals(9, number);
  }

  private static List<String> trace(String id, String kindId) {
    Flaw flaw = Flaws.ALL.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    SpecimenKind kind =
        List.of(SpecimenKind.values()).stream()
            .filter(each -> each.id().equals(kindId))
            .findFirst()
            .orElseThrow();
    return Traces.shortest(flaw, kind);
  }
}
