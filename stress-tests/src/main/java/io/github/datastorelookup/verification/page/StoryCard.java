package io.github.datastorelookup.verification.page;

import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.li;
import static j2html.TagCreator.ol;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.summary;

import j2html.tags.DomContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A counterexample: what happened before, the race as a sequence diagram, and its text. */
final class StoryCard {
  private StoryCard() {}

  /**
   * The parts of the card.
   *
   * @param id unique in the page
   * @param open whether the text is shown at once
   */
  static List<DomContent> of(Story story, String text, String id, String name, boolean open)
      throws IOException {
    List<DomContent> parts = new ArrayList<>();
    if (!story.rows().isEmpty()) {
      happened("Before the race", story.before(), parts);
    }
    String title = "Sequence diagram: " + name;
    if (Plantuml.canDraw()) {
      String svg = Plantuml.svg(StoryDiagram.lines(story));
      parts.add(
          figure(
                  Html.scrolling(
                      title, rawHtml(Svg.inlined(svg, id + "-diagram", title, described(story)))),
                  figcaption(caption(story)))
              .withClass("drawing"));
    } else {
      parts.add(p("No diagram: this JVM finds no font to draw it with."));
    }
    happened("After the race", story.after(), parts);
    String shown = text.substring(text.indexOf("processes: ")).strip();
    parts.add(
        details(summary("The same as text"), Html.scrolling("Text of " + name, pre(shown)))
            .condAttr(open, "open", null));
    return parts;
  }

  private static String caption(Story story) {
    return story.rows().isEmpty()
        ? "One command after the other, time downwards."
        : "Time downwards; an arrow is a scheduling point: an access to what others share.";
  }

  private static void happened(String title, List<String> lines, List<DomContent> parts) {
    if (!lines.isEmpty()) {
      parts.add(
          div(p(title), ol(each(lines, line -> li(code(line.replace(" => ", " \u21d2 "))))))
              .withClass("happened"));
    }
  }

  /** Describes the drawing for a screen reader; each step is in the text below. */
  private static String described(Story story) {
    long switches = story.rows().stream().filter(row -> !row.why().isEmpty()).count();
    return String.format(
        Locale.ROOT,
        "%d threads, %d steps, another thread goes on %d times. At the end %s. The text below has"
            + " each step.",
        story.threads(),
        story.rows().size(),
        switches,
        story.broken().isEmpty() ? "something is broken" : story.broken() + " is broken");
  }
}
