package io.github.datastorelookup.verification.page;

import static j2html.TagCreator.each;
import static j2html.TagCreator.td;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import j2html.tags.specialized.TrTag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The tables among the notes of a layer. A check writes one line of Markdown for each row. */
final class NoteTables {
  private static final String LINE = "|";
  private static final String RULE = "|---";

  private NoteTables() {}

  /** The notes that are not in a table. */
  static List<String> others(List<String> notes) {
    return notes.stream().filter(note -> !note.startsWith(LINE)).toList();
  }

  /** All tables. */
  static List<DomContent> of(String layer, List<String> notes) {
    List<DomContent> tables = new ArrayList<>();
    for (int i = 1; i < notes.size(); i++) {
      if (notes.get(i).startsWith(RULE)) {
        List<TrTag> rows = new ArrayList<>();
        for (int j = i + 1; j < notes.size() && isRow(notes, j); j++) {
          rows.add(row(cells(notes.get(j))));
        }
        List<String> heads = cells(notes.get(i - 1));
        tables.add(
            Html.table(
                heads.get(0) + " (" + layer + ")", heads.stream().map(Html::head).toList(), rows));
      }
    }
    return tables;
  }

  /** The next table begins with its head, which has a rule below it. */
  private static boolean isRow(List<String> notes, int line) {
    boolean head = line + 1 < notes.size() && notes.get(line + 1).startsWith(RULE);
    return notes.get(line).startsWith(LINE) && !head;
  }

  private static TrTag row(List<String> cells) {
    return tr(
        Html.rowHead(Html.inline(cells.get(0)).get(0)),
        each(cells.subList(1, cells.size()), cell -> td(cell)));
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1).split("\\|", -1))
        .map(String::strip)
        .filter(cell -> !cell.isEmpty())
        .toList();
  }
}
