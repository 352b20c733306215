package io.github.datastorelookup.portkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A mistake that the author of a port could make: {@code mistakes.txt} has a block for each, its
 * name and then lines of {@code port.js} and what stands there instead.
 *
 * @param name the clause that it breaks, and how
 * @param mode which finds it; in brackets behind the name, unless it is stepping
 * @param script the whole wrong script
 */
record ScriptMistake(String name, String mode, String script) {
  /** All that this mode has to find. */
  static List<ScriptMistake> of(String mode) throws IOException {
    return all().stream().filter(each -> each.mode().equals(mode)).toList();
  }

  /** All of them. */
  static List<ScriptMistake> all() throws IOException {
    String right = ScriptEngine.script("port.js");
    List<ScriptMistake> all = new ArrayList<>();
    for (String block : ScriptEngine.script("mistakes.txt").strip().split("\n\n", -1)) {
      all.add(parse(right, block.lines().toList()));
    }
    return all;
  }

  private static ScriptMistake parse(String right, List<String> lines) {
    String script = right;
    List<String> before = new ArrayList<>();
    List<String> after = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      if (line.startsWith("-") && !after.isEmpty()) { // another place begins
        script = replaced(script, before, after);
      }
      (line.startsWith("-") ? before : after).add(line.substring(1));
    }
    String name = lines.get(0).replaceFirst(" \\[\\w+]$", "");
    String mode =
        name.equals(lines.get(0)) ? "stepping" : lines.get(0).replaceFirst("^.*\\[(\\w+)]$", "$1");
    return new ScriptMistake(name, mode, replaced(script, before, after));
  }

  private static String replaced(String script, List<String> before, List<String> after) {
    String right = String.join("\n", before);
    int at = script.indexOf(right);
    if (at < 0 || script.indexOf(right, at + 1) >= 0) {
      throw new IllegalArgumentException("port.js does not have exactly once:\n" + right);
    }
    String wrong = script.replace(right, String.join("\n", after));
    before.clear();
    after.clear();
    return wrong;
  }
}
