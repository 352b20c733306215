package io.github.datastorelookup.verification.page;

import static j2html.TagCreator.code;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.header;
import static j2html.TagCreator.p;
import static j2html.TagCreator.text;

import io.github.datastorelookup.verification.Environment;
import io.github.datastorelookup.verification.report.RunReport;
import j2html.tags.specialized.HeaderTag;
import java.util.Locale;

/** The head of the page: the verdict, what it is about, when and where it was reached. */
final class Banner {
  private static final String PURPOSE =
      "This run checks a cached datastore lookup after Proxmox Backup Server: in simulated"
          + " schedules, on real cores, files and processes, and with mistakes put into it that the"
          + " checks have to find. ";

  private Banner() {}

  static HeaderTag of(PageInput input) {
    RunReport report = input.report();
    String verdict = report.verdict().toString();
    String word = verdict.substring(0, 1).toUpperCase(Locale.ROOT) + verdict.substring(1);
    Environment here = report.environment();
    return header(
            p("Datastore lookup: the verification").withClass("kicker"),
            h1(
                switch (report.verdict()) {
                  case PASSED -> Html.good(word);
                  case PARTIAL -> Html.neutral(word);
                  case FAILED -> Html.bad(word);
                }),
            p(report.headline()).withClass("lead"),
            p(PURPOSE
                    + switch (report.verdict()) {
                      case PASSED -> "Passed: each planned check ran, and none failed.";
                      case PARTIAL -> "Partial: none failed, but some checks were left out.";
                      case FAILED -> "Failed: a check failed, or did not run though planned.";
                    })
                .withClass("purpose"),
            p(
                    text(EnvironmentSection.date(input) + ", commit "),
                    code(here.commit()),
                    text(", " + here.cores() + " \u00d7 " + here.cpu() + ", " + here.jdk()))
                .withClass("place"))
        .withClasses("banner", verdict);
  }
}
