package io.github.datastorelookup.verification.page;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sequence diagram of a story in Mermaid's language, which pages of Markdown may hold. */
public final class MermaidDiagram {
  private static final Pattern PARTICIPANT = Pattern.compile("participant \"(.*)\" as (\\w+).*");
  private static final Pattern NOTE = Pattern.compile("[hr]?note (over [^#:]+?) (?:#\\w+ )?: (.*)");
  private static final Pattern ARROW = Pattern.compile("(\\w+) -> (\\w+) : (.*)");
  private static final Pattern ESCAPED = Pattern.compile("<U\\+([0-9A-F]+)>");

  private MermaidDiagram() {}

  /** The diagram of the first story in a text; empty if the text has none. */
  public static List<String> lines(String text) {
    return Story.in(text)
        .map(story -> StoryDiagram.lines(story).stream().map(MermaidDiagram::line).toList())
        .orElse(List.of());
  }

  /** Translates a line of PlantUML's language. A note says what {@code destroy} would draw. */
  private static String line(String plantuml) {
    Matcher participant = PARTICIPANT.matcher(plantuml);
    Matcher note = NOTE.matcher(plantuml);
    Matcher arrow = ARROW.matcher(plantuml);
    if (participant.matches()) {
      return "participant " + participant.group(2) + " as " + label(participant.group(1));
    } else if (note.matches()) {
      return "Note " + note.group(1) + ": " + label(note.group(2));
    } else if (arrow.matches()) {
      return arrow.group(1) + "->>" + arrow.group(2) + ": " + label(arrow.group(3));
    }
    return "%% " + plantuml;
  }

  /** Both languages take a character by its number, PlantUML in hexadecimal. */
  private static String label(String plantuml) {
    return ESCAPED
        .matcher(plantuml.replace("\\n", "<br/>").replace("<U+00A0>", ""))
        .replaceAll(found -> "#" + Integer.parseInt(found.group(1), 16) + ";");
  }
}
