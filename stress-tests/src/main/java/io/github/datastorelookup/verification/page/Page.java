package io.github.datastorelookup.verification.page;

import static j2html.TagCreator.a;
import static j2html.TagCreator.body;
import static j2html.TagCreator.code;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.document;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.footer;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.li;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.script;
import static j2html.TagCreator.section;
import static j2html.TagCreator.style;
import static j2html.TagCreator.text;
import static j2html.TagCreator.title;
import static j2html.TagCreator.ul;

import io.github.datastorelookup.verification.LayerResult;
import io.github.datastorelookup.verification.RunVerdict;
import io.github.datastorelookup.verification.mutants.MutantResult;
import io.github.datastorelookup.verification.report.RunReport;
import j2html.tags.DomContent;
import j2html.tags.specialized.HeadTag;
import j2html.tags.specialized.SectionTag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page of a run: {@value #FILE}, one file that needs neither a network nor another file. */
public final class Page {
  /** Its name. */
  public static final String FILE = "index.html";

  private final PageInput input;
  private final RunReport report;

  private Page(PageInput input) {
    this.input = input;
    this.report = input.report();
  }

  /**
   * Writes it into the folder of the run, after everything that it links to.
   *
   * @return the file
   */
  public static Path write(PageInput input) throws IOException {
    return Files.writeString(input.folder().resolve(FILE), new Page(input).render());
  }

  private String render() throws IOException {
    List<Section> sections = sections();
    return document(
        html(
                headTag(),
                body(
                    a("Skip to the results").withHref("#results").withClass("skip"),
                    Banner.of(input),
                    div(
                            nav(ul(
                                    each(
                                        sections,
                                        one -> li(a(one.title()).withHref("#" + one.id())))))
                                .attr("aria-label", "Contents"),
                            main(each(sections, Page::shown)).withId("results"))
                        .withClass("columns"),
                    footer(p(text("Written by "), code(report.settings().replay()))),
                    script(rawHtml(resource("page.js")))))
            .withLang("en"));
  }

  private List<Section> sections() throws IOException {
    List<Section> sections = new ArrayList<>();
    if (report.verdict() != RunVerdict.PASSED) {
      sections.add(FailureSection.of(input));
    }
    Optional<Section> example =
        report.verdict() == RunVerdict.FAILED ? Optional.empty() : StorySection.example(input);
    example.ifPresent(sections::add);
    sections.add(new Section("numbers", "In numbers", List.of(numbers())));
    sections.add(LayerSection.of(input));
    sections.add(ProtocolSection.of(input));
    sections.add(RaceSection.of(input));
    sections.add(MutantSection.of(input));
    sections.add(StorySection.of(input, example.isPresent() ? 1 : 0));
    sections.add(BenchmarkSection.of(input));
    sections.add(EnvironmentSection.of(input));
    return sections;
  }

  private static SectionTag shown(Section one) {
    return section(h2(one.title()).withId(one.id() + "-title"), each(one.content(), part -> part))
        .withId(one.id())
        .attr("aria-labelledby", one.id() + "-title");
  }

  private HeadTag headTag() throws IOException {
    return head(
        meta().withCharset("utf-8"),
        title("Verification " + report.verdict()),
        meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
        meta().withName("color-scheme").withContent("light dark"),
        style(rawHtml(resource("page.css"))));
  }

  private DomContent numbers() {
    Map<String, String> numbers = new LinkedHashMap<>();
    int planned = report.layers().stream().mapToInt(LayerResult::planned).sum();
    int ran = report.layers().stream().mapToInt(LayerResult::ran).sum();
    numbers.put("checks ran", Html.count(ran) + " of " + Html.count(planned));
    explored("schedules", numbers);
    explored("sequences", numbers);
    explored("interleavings", numbers);
    explored("operations", numbers);
    explored("samples", numbers);
    if (!report.mutants().isEmpty()) {
      long killed = report.mutants().stream().filter(MutantResult::killed).count();
      numbers.put("mutants killed", killed + " of " + report.mutants().size());
    }
    numbers.put("time", Html.duration(report.seconds()));
    numbers.put("budget", report.settings().budget().toString());
    numbers.put("seed", Long.toString(report.settings().seed()));
    return dl(each(numbers.entrySet(), one -> div(dt(one.getKey()), dd(text(one.getValue())))))
        .withClass("numbers");
  }

  private void explored(String unit, Map<String, String> numbers) {
    long all =
        report.layers().stream()
            .filter(layer -> layer.unit().equals(unit))
            .mapToLong(LayerResult::explored)
            .sum();
    if (all > 0) {
      numbers.put(unit.equals("samples") ? "samples of races" : unit, Html.count(all));
    }
  }

  static String resource(String name) throws IOException {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("resource=" + name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
