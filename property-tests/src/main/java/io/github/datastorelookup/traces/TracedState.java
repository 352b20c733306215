package io.github.datastorelookup.traces;

import io.github.datastorelookup.memory.MemoryFiles;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.oracle.Execution;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The shared state as traces show it: names and values, flat. The steps show the locks. */
final class TracedState {
  private final List<String> configs = new ArrayList<>();

  /** All files that were ever seen open, in the order of opening: compared by identity. */
  private final List<MemoryFiles.Open> openings = new ArrayList<>();

  /**
   * The world at one moment.
   *
   * @param state what others can see
   * @param granted by process, which opening its newest handle uses; 0 for none
   */
  record Moment(Map<String, Object> state, List<Integer> granted) {}

  /** The world of this run now. */
  Moment of(Execution execution, int processes) {
    Map<String, Object> state = of(execution.host());
    List<Integer> granted = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      MemoryFiles.Open files = execution.grantedLast(i);
      granted.add(files == null ? 0 : openings.indexOf(files) + 1);
    }
    return new Moment(state, granted);
  }

  private Map<String, Object> of(MemoryHost host) {
    Map<String, Object> state = new TreeMap<>();
    state.put("config", number(new String(host.config(), StandardCharsets.UTF_8)));
    state.put("generation", host.generation().get());
    for (MemoryProcess process : host.processes()) {
      String name = name(process);
      process.words().forEach((of, word) -> state.put("word " + name + " " + of, hex(word.get())));
      if (process.hasLedger()) {
        state.put("ledger " + name, process.isDead() ? "dead" : "alive");
      }
    }
    for (MemoryFiles.Open store : host.files().open()) {
      if (!openings.contains(store)) {
        openings.add(store);
      }
      String what = store.identity() + " #" + (openings.indexOf(store) + 1);
      state.put("open " + name(store.process()) + " " + store.path(), what);
    }
    return state;
  }

  /** All texts that the config file had, numbered in the order in which they were first seen. */
  List<String> configs() {
    return configs;
  }

  private int number(String text) {
    if (!configs.contains(text)) {
      configs.add(text);
    }
    return configs.indexOf(text);
  }

  private static String name(MemoryProcess process) {
    return "p" + (process.pid() - 1);
  }

  /** A word as traces show it. */
  static String hex(long word) {
    return String.format(Locale.ROOT, "%016x", word);
  }

  /** The entries of {@code after} that differ from {@code before}; null for a removed one. */
  static Map<String, @Nullable Object> changes(
      Map<String, Object> before, Map<String, Object> after) {
    Map<String, @Nullable Object> changes = new TreeMap<>();
    before.keySet().stream()
        .filter(key -> !after.containsKey(key))
        .forEach(key -> changes.put(key, null));
    after.forEach(
        (key, value) -> {
          if (!value.equals(before.get(key))) {
            changes.put(key, value);
          }
        });
    return changes;
  }
}
