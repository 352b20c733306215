package io.github.datastorelookup.verification;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The notes of a layer: sentences, and tables, of which each line is a note, as Markdown has it.
 * Not thread-safe.
 */
final class Notes {
  private static final String LINE = "|";
  private static final String RULE = "|---";

  private final Set<String> sentences = new LinkedHashSet<>();

  /** The rows of each table, by its head and the rule below that. */
  private final Map<List<String>, List<String>> tables = new LinkedHashMap<>();

  private Notes() {}

  /** The notes of a layer that ran in parts: tables with one head become one, rows in order. */
  static List<String> join(List<List<String>> parts) {
    Notes joined = new Notes();
    parts.forEach(joined::add);
    List<String> all = new ArrayList<>(joined.sentences);
    joined.tables.forEach(
        (head, rows) -> {
          all.addAll(head);
          all.addAll(rows);
        });
    return all;
  }

  private void add(List<String> notes) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < notes.size(); i++) {
      String note = notes.get(i);
      if (i + 1 < notes.size() && notes.get(i + 1).startsWith(RULE)) {
        rows = tables.computeIfAbsent(List.of(note, notes.get(i + 1)), head -> new ArrayList<>());
        i++;
      } else if (note.startsWith(LINE)) {
        rows.add(note);
      } else {
        sentences.add(note);
      }
    }
  }
}
