package io.github.datastorelookup.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows of text in aligned columns. */
final class Table {
  private static final String INDENT = "  ";
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final List<Integer> widths = new ArrayList<>();

  /**
   * A table with these headings.
   *
   * @param headings one for each column; a leading {@code >} aligns it to the right
   */
  Table(String... headings) {
    row(headings);
  }

  /** Adds a row with a cell for each column. */
  void row(String... cells) {
    List<String> row = new ArrayList<>();
    for (int column = 0; column < cells.length; column++) {
      String cell = printable(cells[column]);
      row.add(cell);
      if (rows.isEmpty()) {
        widths.add(0);
      }
      int width = cell.length() - (rows.isEmpty() && cell.startsWith(">") ? 1 : 0);
      widths.set(column, Math.max(widths.get(column), width));
    }
    rows.add(row);
  }

  /** The lines, without spaces at their ends. */
  String format() {
    StringBuilder text = new StringBuilder();
    List<String> headings = rows.get(0);
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        boolean right = headings.get(column).startsWith(">");
        String cell = row == headings && right ? row.get(column).substring(1) : row.get(column);
        String space = " ".repeat(widths.get(column) - cell.length());
        line.append(column == 0 ? INDENT : GAP).append(right ? space + cell : cell + space);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /**
   * The text with all characters escaped that a terminal would obey instead of show: it may come
   * from a file that another user wrote.
   */
  static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              int type = Character.getType(c);
              if (type == Character.CONTROL
                  || type == Character.FORMAT
                  || type == Character.LINE_SEPARATOR
                  || type == Character.PARAGRAPH_SEPARATOR
                  || type == Character.SURROGATE) {
                printable.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                printable.appendCodePoint(c);
              }
            });
    return printable.toString();
  }
}
