package io.github.datastorelookup.verification.page;

import java.awt.Color;
import java.util.Locale;

/**
 * The colours of diagrams and charts. The libraries draw with unique stand-ins; in the page each is
 * a variable of the style sheet, with another value in dark windows.
 */
enum Palette {
  /** Text. */
  TEXT(1),
  /** Lines, arrows, axes. */
  LINE(2),
  /** Behind what is shared. */
  THING(3),
  /** Behind the name of a thread. */
  ACTOR(4),
  /** Behind a command. */
  COMMAND(5),
  /** Behind an answer, and behind what waits. */
  ANSWER(6),
  /** Behind an interruption. */
  INTERRUPTED(7),
  /** Behind a kill, and behind what is broken. */
  BROKEN(8),
  /** A measured value. */
  VALUE(9),
  /** Lines to read a chart by. */
  GRID(10);

  /** Red, green and blue of the stand-in. */
  private final int number;

  Palette(int number) {
    this.number = number;
  }

  /** The stand-in. */
  Color color() {
    return new Color(number, number, number);
  }

  /** The stand-in as PlantUML writes it. */
  String code() {
    return String.format(Locale.ROOT, "#%1$02x%1$02x%1$02x", number);
  }

  private String variable() {
    return "var(--ink-" + name().toLowerCase(Locale.ROOT) + ")";
  }

  /** Replaces all stand-ins in a drawing. */
  static String applied(String svg) {
    String drawn = svg;
    for (Palette palette : values()) {
      drawn =
          drawn
              .replace(palette.code(), palette.variable())
              .replace(
                  String.format(Locale.ROOT, "rgb(%1$d,%1$d,%1$d)", palette.number),
                  palette.variable());
    }
    return drawn;
  }
}
