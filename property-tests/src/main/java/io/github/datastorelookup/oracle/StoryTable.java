package io.github.datastorelookup.oracle;

import io.github.datastorelookup.simulation.Trace;
import io.github.datastorelookup.simulation.Trace.Event;
import io.github.datastorelookup.simulation.Trace.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A run as a table for readers: a column for each thread, time downwards, a row for each access to
 * what others share, with the value that was read or written, and why another thread continues.
 */
public final class StoryTable {
  /** The most rows, so that a story fits on a page; the earliest steps are left out first. */
  private static final int MOST_ROWS = 55;

  private static final int WIDTH = 58;

  /** The name of the clock's calls, which add nothing to the story. */
  private static final String CLOCK = "clock.";

  private final int threads;

  private StoryTable(int threads) {
    this.threads = threads;
  }

  /** The lines of the table. */
  public static List<String> lines(Trace trace, int threads) {
    StoryTable table = new StoryTable(threads);
    List<String> lines = new ArrayList<>();
    List<Event> visible = visible(trace);
    List<Event> events = shortened(visible);
    if (events.size() < visible.size()) {
      lines.add("(the first " + (visible.size() - events.size()) + " steps are left out)");
    }
    boolean inRace = false;
    String why = "";
    int row = 0;
    for (Event event : events) {
      if (event.kind() == Kind.SWITCH) {
        why = event.what();
      } else if (event.thread() == Trace.NO_THREAD) {
        if (event.kind() == Kind.END) {
          lines.add((inRace ? "after   " : "before  ") + text(event));
        }
      } else {
        if (!inRace) {
          lines.add(table.heading());
        }
        inRace = true;
        row++;
        lines.add(table.row(row, event, why));
        why = "";
      }
    }
    return lines;
  }

  /** The events that other threads can see and that add to the story. */
  private static List<Event> visible(Trace trace) {
    List<Event> kept = new ArrayList<>(trace.events());
    kept.removeIf(
        event ->
            event.kind() == Kind.HEAP
                || event.what().startsWith(CLOCK)
                || (event.thread() == Trace.NO_THREAD && event.kind() != Kind.END));
    return kept;
  }

  /** Leaves out the earliest steps if necessary. */
  private static List<Event> shortened(List<Event> visible) {
    List<Event> kept = new ArrayList<>(visible);
    int left = kept.size() - MOST_ROWS;
    for (int i = 0; left > 0 && i < kept.size(); ) {
      Event event = kept.get(i);
      if (event.kind() == Kind.STEP) {
        kept.remove(i);
        left--;
      } else {
        i++;
      }
    }
    return kept;
  }

  private String heading() {
    StringBuilder line = new StringBuilder(" step");
    for (int i = 0; i < threads; i++) {
      line.append(" | ").append(cell("T" + (i + 1)));
    }
    return line.append(" |").toString();
  }

  private String row(int number, Event event, String why) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%5d", number));
    for (int i = 0; i < threads; i++) {
      line.append(" | ").append(cell(i == event.thread() ? text(event) : ""));
    }
    return line.append(" | ").append(why).toString().stripTrailing();
  }

  private static String cell(String text) {
    String fits = text.length() <= WIDTH ? text : text.substring(0, WIDTH - 2) + "..";
    return String.format(Locale.ROOT, "%-" + WIDTH + "s", fits);
  }

  private static String text(Event event) {
    String result = event.result() == null ? "" : " => " + event.result();
    return switch (event.kind()) {
      case BEGIN -> event.what();
      case END, NOTE, SWITCH -> event.what() + result;
      case STEP, HEAP -> "  " + event.what() + result;
    };
  }
}
