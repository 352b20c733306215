package io.github.datastorelookup.verification.page;

import io.github.datastorelookup.verification.page.Story.Row;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The things that threads share, as a story names them: {@code config lock.tryLock => true}. */
final class Lifeline {
  private static final Pattern STEP = Pattern.compile("(.*?)\\.([a-zA-Z]+(?:\\(.*?\\))?( => .*)?)");

  /** Things that share lifelines; one for each would be too many. */
  private static final Map<String, String> GROUPS =
      Map.of(
          "config lock", "locks",
          "maintenance lock", "locks",
          "config", "config file",
          "ledger", "ledgers",
          "ledgers", "ledgers",
          "files", "datastore files",
          "store", "datastore files");

  /** What the threads of one process share, by the names that {@code Sync} gets. */
  private static final Set<String> HEAP =
      Set.of(
          "attributes",
          "before",
          "claims",
          "closed",
          "instance",
          "lastFailure",
          "maintenanceLocks",
          "mutex",
          "replaced",
          "sectionsKnown",
          "slots",
          "snapshot",
          "watcher");

  private static final List<String> FIRST =
      List.of("locks", "generation", "config file", "ledgers", "heap");

  private Lifeline() {}

  /** The lifelines that these steps need, in the best order to read. */
  static List<String> lifelines(List<Row> rows) {
    return rows.stream()
        .filter(Row::isStep)
        .map(row -> lifeline(row.text().strip()))
        .distinct()
        .sorted(
            Comparator.<String>comparingInt(
                    name -> FIRST.contains(name) ? FIRST.indexOf(name) : FIRST.size())
                .thenComparing(name -> name))
        .toList();
  }

  /** The lifeline that this step goes to. */
  static String lifeline(String step) {
    String thing = thing(step);
    if (HEAP.contains(thing.replaceFirst(" .*", ""))) {
      return "heap";
    }
    String known = "";
    for (String name : GROUPS.keySet()) {
      // The longest match: a config lock is no config.
      if ((thing.equals(name) || thing.startsWith(name + " ")) && name.length() > known.length()) {
        known = name;
      }
    }
    String group = GROUPS.get(known);
    if (group != null) {
      return group;
    }
    return thing.isEmpty() ? "itself" : thing;
  }

  /** The access and its result. */
  static String label(String step) {
    Matcher parts = STEP.matcher(step);
    String thing = thing(step);
    boolean clear = thing.equals(lifeline(step)) || thing.equals("config") || thing.isEmpty();
    String what = parts.matches() && clear ? String.valueOf(parts.group(2)) : step;
    int answer = what.indexOf(" => ");
    return answer < 0
        ? what
        : what.substring(0, answer) + " \u2192 " + plain(what.substring(answer + 4));
  }

  /** An answer without the details that matter to a debugger only. */
  static String plain(String answer) {
    return answer
        .replaceAll("\\bio\\.github\\.datastorelookup\\.(\\w+\\.)*", "")
        .replaceAll("^(\\w+)[\\[@].*", "$1");
  }

  private static String thing(String step) {
    Matcher parts = STEP.matcher(step);
    return parts.matches() ? parts.group(1) : "";
  }
}
