package io.github.datastorelookup.inspect;

import io.github.datastorelookup.port.Reasons;
import java.util.ArrayList;
import java.util.List;

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
      String cell = Reasons.printable(cells[column]);
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
}
