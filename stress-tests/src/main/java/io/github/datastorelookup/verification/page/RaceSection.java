package io.github.datastorelookup.verification.page;

import static j2html.TagCreator.a;
import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.tr;

import io.github.datastorelookup.verification.races.RaceGrade;
import io.github.datastorelookup.verification.races.RaceGrade.Row;
import io.github.datastorelookup.verification.races.RaceLayer;
import j2html.tags.DomContent;
import j2html.tags.specialized.TrTag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jcstress.annotations.Expect;

/** The races on this machine's cores: each outcome, and how often it was seen. */
final class RaceSection {
  private static final String PACKAGE = "io.github.datastorelookup.races.";

  private final PageInput input;
  private final List<DomContent> content = new ArrayList<>();

  private RaceSection(PageInput input) {
    this.input = input;
  }

  static Section of(PageInput input) throws IOException {
    RaceSection section = new RaceSection(input);
    for (Map.Entry<String, List<RaceGrade>> each : new TreeMap<>(input.races()).entrySet()) {
      section.runs(each.getKey(), each.getValue());
    }
    if (section.content.isEmpty()) {
      section.content.add(p("No race ran."));
    }
    return new Section("races", "Races", section.content);
  }

  private void runs(String words, List<RaceGrade> grades) throws IOException {
    long failed = grades.stream().filter(grade -> !grade.passed()).count();
    long samples = grades.stream().mapToLong(RaceGrade::samples).sum();
    content.add(h3("On " + words + " words"));
    content.add(
        p(
            text(
                Html.count(grades.size(), "races")
                    + ", "
                    + Html.count(samples, "samples")
                    + ", "
                    + (failed == 0 ? "all as expected. " : failed + " failed. ")
                    + "A wrong version has one weaker access or one missing step, and must show"
                    + " what its race forbids. "),
            Html.file(input, report(words, "index"), "jcstress's own page")));
    List<RaceGrade> failedFirst = new ArrayList<>(grades);
    failedFirst.sort(Comparator.comparing(RaceGrade::passed));
    for (RaceGrade grade : failedFirst) {
      race(words, grade, grades);
    }
  }

  private static String report(String folder, String page) {
    return "jcstress/" + folder + "/report/" + page + ".html";
  }

  private void race(String words, RaceGrade grade, List<RaceGrade> all) throws IOException {
    String name = grade.name().replace(PACKAGE, "");
    boolean wrong = isWrong(grade);
    RaceQuestion question = RaceQuestion.of(input, name);
    String folder = wrong ? words + RaceLayer.WRONG : words;
    List<TrTag> rows = grade.rows().stream().map(RaceSection::row).toList();
    content.add(
        details(
                summary(
                    code(name),
                    text(" "),
                    result(grade, wrong),
                    span(" " + Html.count(grade.samples(), "samples") + shown(grade, all))
                        .withClass("about"),
                    span(each(Html.inline(question.text()), part -> part)).withClass("question")),
                Html.table(
                    "Outcomes of " + name + " on " + words + " words",
                    List.of(
                        Html.head("Outcome"),
                        Html.head("Grade"),
                        Html.head("What happened"),
                        Html.headOfNumbers("Samples")),
                    rows),
                p(grade.message()),
                p(
                    Html.file(input, report(folder, grade.name()), "jcstress's page of it"),
                    iff(!question.source().isEmpty(), text("; ")),
                    iff(!question.source().isEmpty(), a("its source").withHref(question.source()))))
            .condAttr(!grade.passed(), "open", null)
            .withClass("race"));
  }

  private static DomContent result(RaceGrade grade, boolean wrong) {
    if (!grade.passed()) {
      return Html.bad("failed");
    } else if (!wrong) {
      return Html.good("held");
    }
    return grade.unseen().isEmpty() ? Html.good("seen to fail") : Html.neutral("inconclusive");
  }

  private static boolean isWrong(RaceGrade grade) {
    return grade.rows().stream().anyMatch(row -> row.expect() == Expect.ACCEPTABLE_INTERESTING);
  }

  /** How often this wrong version, or each one of this race, showed what the race forbids. */
  private static String shown(RaceGrade race, List<RaceGrade> all) {
    StringBuilder shown = new StringBuilder();
    for (RaceGrade each : all) {
      if (isWrong(each) && (each.name() + ".").startsWith(race.name() + ".")) {
        String version = each.name().substring(race.name().length()).replace(".", "");
        shown.append("; ").append(version).append(version.isEmpty() ? "" : " ");
        shown
            .append("showed the forbidden outcome ")
            .append(Html.count(interesting(each), "times"));
      }
    }
    return shown.toString();
  }

  private static long interesting(RaceGrade grade) {
    return grade.rows().stream()
        .filter(row -> row.expect() == Expect.ACCEPTABLE_INTERESTING)
        .mapToLong(Row::samples)
        .sum();
  }

  private static TrTag row(Row row) {
    return tr(
        Html.rowHead(code(row.id())),
        td(grade(row)),
        td(row.meaning()),
        Html.number(row.samples()));
  }

  private static DomContent grade(Row row) {
    return switch (row.expect()) {
      case ACCEPTABLE -> text("fine");
      case ACCEPTABLE_INTERESTING -> text("wrong, as expected");
      case FORBIDDEN ->
          row.samples() == 0 ? text("forbidden, not seen") : Html.bad("forbidden, seen");
      case UNKNOWN -> text("unknown");
    };
  }
}
