package io.github.datastorelookup.verification.page;

import io.github.datastorelookup.verification.page.Story.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A story as a sequence diagram, in the language of PlantUML. */
final class StoryDiagram {
  private static final Pattern ACTOR = Pattern.compile("(p\\d+|editor): .*");

  /** Blanks beside a name, which keep the steps of two threads apart. */
  private static final String ROOM = "\u00a0".repeat(12);

  private final Story story;
  private final List<String> lines = new ArrayList<>();
  private final Map<String, String> shared = new LinkedHashMap<>();
  private final List<String> arrow = new ArrayList<>();
  private int arrowThread = -1;
  private String arrowTarget = "";

  private StoryDiagram(Story story) {
    this.story = story;
  }

  /** The lines of the diagram. */
  static List<String> lines(Story story) {
    StoryDiagram diagram = new StoryDiagram(story);
    if (story.rows().isEmpty()) {
      diagram.sequence();
    } else {
      diagram.race();
    }
    return diagram.lines;
  }

  /**
   * Puts the first thread left of what is shared and the others right, with no arrow in between.
   */
  private void race() {
    thread(0);
    Lifeline.lifelines(story.rows())
        .forEach(
            name -> {
              shared.put(name, "s" + shared.size());
              lines.add("participant \"" + Plantuml.text(name) + "\" as " + shared.get(name));
            });
    for (int i = 1; i < story.threads(); i++) {
      thread(i);
    }
    story.rows().forEach(this::row);
    flush();
    end("over " + all());
  }

  /** All threads, as a note spans them. */
  private String all() {
    return "t0, t" + (story.threads() - 1);
  }

  private void thread(int number) {
    actor("t" + number, ROOM + name(number) + ROOM);
  }

  private void actor(String id, String name) {
    lines.add("participant \"" + Plantuml.text(name) + "\" as " + id + " " + Palette.ACTOR.code());
  }

  /** Draws one command after the other, before any race: a lifeline for each process. */
  private void sequence() {
    Map<String, String> actors = new LinkedHashMap<>();
    for (String line : story.before()) {
      String actor = actor(line);
      if (!actors.containsKey(actor)) {
        actors.put(actor, "a" + actors.size());
        actor(actors.get(actor), ROOM + actor + ROOM);
      }
    }
    for (String line : story.before()) {
      String what = line.replaceFirst("^(p\\d+|editor): ", "").replace(" => ", "\n\u21d2 ");
      lines.add("rnote over " + actors.get(actor(line)) + " : " + Plantuml.text(what));
    }
    if (!actors.isEmpty()) {
      end("over a0, a" + (actors.size() - 1));
    }
  }

  private static String actor(String line) {
    Matcher actor = ACTOR.matcher(line);
    return actor.matches() ? actor.group(1) : "outside";
  }

  private String name(int thread) {
    String prefix = "T" + (thread + 1) + ": ";
    List<String> actors =
        story.program().stream()
            .filter(line -> line.startsWith(prefix))
            .map(line -> actor(line.substring(prefix.length())))
            .distinct()
            .toList();
    return "T" + (thread + 1) + (actors.isEmpty() ? "" : ": " + String.join(", ", actors));
  }

  private void row(Row row) {
    if (!row.why().isEmpty()) {
      flush();
      switched(row.why());
    }
    if (row.isStep()) {
      step(row);
      return;
    }
    flush();
    if (row.thread() == Story.NO_THREAD) {
      note(all(), Palette.ANSWER, row.text());
      return;
    }
    String thread = "t" + row.thread();
    int answer = row.text().indexOf(" => ");
    if (row.text().equals("is dead")) {
      dead(thread);
    } else if (answer >= 0) {
      note(thread, Palette.ANSWER, "\u21d2 " + Lifeline.plain(row.text().substring(answer + 4)));
    } else {
      note(thread, Palette.COMMAND, row.text());
    }
  }

  private void switched(String why) {
    int end = why.indexOf(' ');
    if (why.matches("T\\d+ .*") && end > 0) {
      String thread = "t" + (Integer.parseInt(why.substring(1, end)) - 1);
      boolean interrupted = why.contains("interrupted");
      lines.add(
          "hnote over "
              + thread
              + " "
              + (interrupted ? Palette.INTERRUPTED : Palette.ANSWER).code()
              + " : "
              + Plantuml.text(interrupted ? "\u26a1 interrupted" : "waits"));
    }
  }

  /** Marks a killed process; without a kill it is the end of the run. */
  private void dead(String thread) {
    if (story.kills()) {
      note(thread, Palette.BROKEN, "\u2717 killed");
      lines.add("destroy " + thread);
    }
  }

  private void step(Row row) {
    String text = row.text().strip();
    String target = Lifeline.lifeline(text);
    if (row.thread() != arrowThread || !target.equals(arrowTarget)) {
      flush();
      arrowThread = row.thread();
      arrowTarget = target;
    }
    arrow.add((row.clause().isEmpty() ? "" : row.clause() + "  ") + Lifeline.label(text));
  }

  /** Draws successive accesses to one thing as one arrow with a line for each. */
  private void flush() {
    if (!arrow.isEmpty()) {
      List<String> labels = new ArrayList<>();
      for (int i = 0; i < arrow.size(); ) {
        int same = i;
        while (same < arrow.size() && arrow.get(same).equals(arrow.get(i))) {
          same++;
        }
        labels.add(arrow.get(i) + (same - i > 1 ? " (" + (same - i) + " times)" : ""));
        i = same;
      }
      String to = shared.getOrDefault(arrowTarget, "t" + arrowThread);
      lines.add("t" + arrowThread + " -> " + to + " : " + Plantuml.text(String.join("\n", labels)));
      arrow.clear();
    }
  }

  private void note(String over, Palette palette, String text) {
    lines.add("rnote over " + over + " " + palette.code() + " : " + Plantuml.text(text));
  }

  private void end(String where) {
    if (!story.broken().isEmpty()) {
      lines.add(
          "note "
              + where
              + " "
              + Palette.BROKEN.code()
              + " : "
              + Plantuml.text("\u2717 here " + story.broken() + " is broken"));
    }
  }
}
