package io.github.datastorelookup.verification.page;

import static j2html.TagCreator.code;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.li;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import io.github.datastorelookup.verification.Environment;
import j2html.tags.DomContent;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where and when the run took place, how to repeat it, and what else it wrote. */
final class EnvironmentSection {
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT);
  private static final List<Map.Entry<String, String>> FILES =
      List.of(
          Map.entry("junit", "every check as JUnit XML"),
          Map.entry("failures", "a file for each failure"),
          Map.entry("counterexamples", "what killed each mutant"),
          Map.entry("summary.md", "the same in short, as Markdown"),
          Map.entry("races.md", "the outcomes of all races"),
          Map.entry("log.txt", "what the library logged"));

  private EnvironmentSection() {}

  /** When the run was over. */
  static String date(PageInput input) {
    return MINUTES.format(input.ended().atOffset(ZoneOffset.UTC));
  }

  static Section of(PageInput input) {
    Environment here = input.report().environment();
    Map<String, DomContent> facts = new LinkedHashMap<>();
    facts.put("Date", text(date(input)));
    facts.put("Commit", code(here.commit()));
    facts.put("Processor", text(here.cpu()));
    facts.put("Cores", text(Integer.toString(here.cores())));
    facts.put("JDK", text(here.jdk()));
    facts.put("System", text(here.os()));
    facts.put("Budget", text(input.report().settings().budget().toString()));
    facts.put("Seed", text(Long.toString(input.report().settings().seed())));
    facts.put("Again", code(input.report().settings().replay()));
    return new Section(
        "environment",
        "Environment",
        List.of(
            dl(each(facts.entrySet(), fact -> div(dt(fact.getKey()), dd(fact.getValue()))))
                .withClass("facts"),
            h3("Files of this run"),
            ul(
                each(
                    FILES.stream().filter(file -> input.has(file.getKey())).toList(),
                    file ->
                        li(
                            Html.file(input, file.getKey(), file.getKey()),
                            text(": " + file.getValue()))))));
  }
}
