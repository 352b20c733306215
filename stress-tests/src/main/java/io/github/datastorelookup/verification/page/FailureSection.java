package io.github.datastorelookup.verification.page;

import static j2html.TagCreator.article;
import static j2html.TagCreator.details;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.text;

import io.github.datastorelookup.verification.report.FailureFiles;
import io.github.datastorelookup.verification.report.FailureFiles.Reported;
import j2html.tags.DomContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Why the run failed; the first section of a failed run. */
final class FailureSection {
  private static final int MOST_MESSAGE_LINES = 25;

  /** {@code package.Class#method method() [1] case}. */
  private static final Pattern CHECK =
      Pattern.compile("(?:[a-z][a-z0-9]*\\.)+([^ ]+#([^ ]+)) \\2(?:\\(.*?\\))?(.*)");

  private final PageInput input;
  private final List<DomContent> content = new ArrayList<>();

  private FailureSection(PageInput input) {
    this.input = input;
  }

  static Section of(PageInput input) throws IOException {
    FailureSection section = new FailureSection(input);
    int number = 0;
    for (Reported each : input.failures()) {
      number++;
      section.failure(each, number);
    }
    section.leftOut();
    section.unexplained();
    return new Section("failures", "Why it did not pass", section.content);
  }

  private void leftOut() {
    String leftOut = input.report().leftOut();
    if (!leftOut.isEmpty()) {
      content.add(p(strong("Left out: "), text(leftOut + ". Such a run is partial at best.")));
    }
  }

  /** Reports layers that ran too little without a failure. */
  private void unexplained() {
    String silent =
        input.report().layers().stream()
            .filter(layer -> !layer.held() && layer.failures().isEmpty())
            .map(each -> each.name() + " ran " + each.ran() + " of " + each.planned())
            .collect(Collectors.joining(", "));
    if (!silent.isEmpty()) {
      content.add(p(strong("Ran less than planned: "), text(silent + ".")));
    }
    if (input.report().layers().isEmpty()) {
      content.add(p("No layer ran."));
    }
  }

  private void failure(Reported each, int number) throws IOException {
    String message = each.failure().message();
    Optional<Story> story = Story.in(message);
    String head =
        story.isPresent() ? message.substring(0, message.indexOf("processes: ")) : message;
    List<DomContent> parts = new ArrayList<>();
    parts.add(h3(name(each.failure().check())));
    parts.add(p(Html.bad("failed"), text(" in layer " + each.layer())).withClass("where"));
    parts.add(pre(FailureFiles.beginning(head.strip(), MOST_MESSAGE_LINES)).withClass("message"));
    parts.add(p("To see it again:"));
    parts.add(Html.scrolling("Command that repeats failure " + number, pre(each.replay())));
    if (story.isPresent()) {
      parts.addAll(
          StoryCard.of(
              story.get(), message, "failure-" + number, name(each.failure().check()), true));
    } else if (!each.failure().details().isBlank()) {
      parts.add(
          details(
              summary("Trace and output"),
              Html.scrolling("Trace of failure " + number, pre(each.failure().details().strip()))));
    }
    String file = input.folder().relativize(each.file()).toString();
    parts.add(p(text("All of it: "), Html.file(input, file, file)));
    content.add(article(parts.toArray(new DomContent[0])).withClasses("card", "failure"));
  }

  /** The name without the package, and without a case that is called as its method. */
  private static String name(String check) {
    Matcher parts = CHECK.matcher(check);
    return parts.matches() ? parts.group(1) + parts.group(3) : Html.simple(check);
  }
}
