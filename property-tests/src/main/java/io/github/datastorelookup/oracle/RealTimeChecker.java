package io.github.datastorelookup.oracle;

import static io.github.datastorelookup.rules.Require.require;

import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Model;
import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.model.ModelConfig.Section;
import io.github.datastorelookup.oracle.Linearization.Operation;
import io.github.datastorelookup.oracle.Linearization.SearchResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Records the order in which commands of a race were called and returned, and checks that one order
 * of saves and lookups explains all answers. That is INV-1 as a whole: no lookup sees an old config
 * after another saw the new one.
 *
 * <p>The order of the saves is known, because they hold the config lock; so a state is the number
 * of a text, and lookups need not be split up by datastore. Claims nothing if there were manual
 * edits or edits by another program: each process may use a cached predecessor for a TTL ({@link
 * ConfigHistory} says for how long).
 */
final class RealTimeChecker {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

  private final List<Call> calls = new ArrayList<>();
  private final List<Save> saves = new ArrayList<>();
  private ModelConfig initial = ModelConfig.empty();
  private int time;
  private boolean claimed = true;

  /** A call, and its return. */
  static final class Call {
    private final Command command;
    private final int begins;
    private int ends = Integer.MAX_VALUE;
    private @Nullable Answer answer;

    Call(Command command, int begins) {
      this.command = command;
      this.begins = begins;
    }
  }

  /** A text, and the command that wrote it. */
  private record Save(Call by, ModelConfig text) {}

  /** The race begins, with this text. */
  void start(ModelConfig text) {
    calls.clear();
    saves.clear();
    initial = text;
  }

  Call begins(Command command) {
    Call call = new Call(command, ++time);
    calls.add(call);
    return call;
  }

  void ends(Call call, Answer answer) {
    call.answer = answer;
    call.ends = ++time;
  }

  /** The calls that have returned so far: a call that begins now comes after them. */
  List<String> returned() {
    return calls.stream()
        .filter(call -> call.ends != Integer.MAX_VALUE)
        .map(call -> call.command.toString())
        .sorted()
        .toList();
  }

  void saved(Call by, ModelConfig text) {
    saves.add(new Save(by, text));
  }

  void editedByHand() {
    claimed = false;
  }

  /** Checks the race at its end. Returns whether the verdict is unknown. */
  boolean check() {
    if (!claimed) {
      return false;
    }
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    SearchResult verdict =
        Linearization.search(operations(), 0, () -> System.nanoTime() - deadline < 0);
    require(verdict.kind() != Linearization.Kind.NOT_LINEARIZABLE, "INV-1")
        .or(
            "no order of the saves and lookups explains all answers; longest explainable: %s, first"
                + " that is not: %s",
            verdict.prefix(), verdict.unexplained());
    return verdict.kind() == Linearization.Kind.UNKNOWN;
  }

  private List<Operation<Integer>> operations() {
    List<Operation<Integer>> all = new ArrayList<>();
    for (int i = 0; i < saves.size(); i++) {
      int number = i;
      Call by = saves.get(i).by;
      all.add(
          new Operation<>(
              by.command.toString(),
              by.begins,
              by.ends,
              state -> state == number ? Integer.valueOf(number + 1) : null));
    }
    for (Call call : calls) {
      Predicate<ModelConfig> explains = explanation(call);
      if (explains != null) {
        all.add(
            new Operation<>(
                call.command + " => " + call.answer,
                call.begins,
                call.ends,
                state -> explains.test(text(state)) ? state : null));
      }
    }
    return all;
  }

  private ModelConfig text(int number) {
    return number == 0 ? initial : saves.get(number - 1).text;
  }

  /** The texts that explain the answer; null when it does not depend on the text. */
  private static @Nullable Predicate<ModelConfig> explanation(Call call) {
    Answer answer = call.answer;
    if (answer == null || !(call.command instanceof Command.Lookup lookup)) {
      return null;
    }
    return switch (answer.outcome()) {
      case "granted" ->
          text -> {
            Section section = text.find(lookup.name());
            return section != null
                && Model.admits(section.mode(), lookup.operation())
                && answer.equals(Answer.granted("v" + section.version(), section.path()));
          };
      case "NoSuchDatastore" -> text -> text.find(lookup.name()) == null;
      case "DatastoreUnavailable" ->
          text -> {
            Section section = text.find(lookup.name());
            return section != null && !Model.admits(section.mode(), lookup.operation());
          };
      default -> null;
    };
  }
}
