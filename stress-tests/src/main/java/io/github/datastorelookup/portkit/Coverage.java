package io.github.datastorelookup.portkit;

import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** How often each kind of command was answered how. */
final class Coverage {
  private final Map<String, Map<String, Integer>> answers = new TreeMap<>();

  private boolean begun;

  /** A program has its registries. */
  void begun() {
    begun = true;
  }

  boolean hasBegun() {
    return begun;
  }

  void met(Command command, Answer answer) {
    Map<String, Integer> of =
        answers.computeIfAbsent(command.getClass().getSimpleName(), key -> new TreeMap<>());
    int unused = of.merge(answer.outcome(), 1, Integer::sum);
  }

  int commands() {
    return answers.values().stream()
        .flatMap(of -> of.values().stream())
        .mapToInt(Integer::intValue)
        .sum();
  }

  /** By kind of command and outcome. */
  Map<String, Map<String, Integer>> answers() {
    return answers;
  }

  /** The outcomes that some command had. */
  Set<String> outcomes() {
    Set<String> all = new TreeSet<>();
    answers.values().forEach(of -> all.addAll(of.keySet()));
    return all;
  }
}
