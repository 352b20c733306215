package io.github.datastorelookup.properties;

import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** In how many runs each kind of command had each outcome. */
final class Coverage {
  private final Map<String, Integer> runsWith = new TreeMap<>();
  private int runs;

  /** One run; what it is told counts once. */
  final class Run implements BiConsumer<Command, Answer> {
    private final Set<String> met = new TreeSet<>();

    @Override
    public void accept(Command command, Answer answer) {
      met.add(kind(command) + " " + answer.outcome());
    }

    /** It came to its end. */
    void ended() {
      runs++;
      met.forEach(each -> runsWith.merge(each, 1, Integer::sum));
    }
  }

  static String kind(Command command) {
    String kind = command.getClass().getSimpleName();
    return command instanceof Command.Lookup c
        ? kind + " " + c.operation()
        : command instanceof Command.Maintain c
                && c.mode() == io.github.datastorelookup.config.MaintenanceMode.DELETE
            ? "Destroy"
            : kind;
  }

  void print() {
    runsWith.forEach((k, n) -> System.out.printf("%5.1f %s%n", 100.0 * n / runs, k));
  }
}
