package io.github.datastorelookup.oracle;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Leaves commands out of a program as long as it breaks the same invariant.
 *
 * <p>jqwik could do so too, but it stops by the clock, so that a seed does not always lead to the
 * same program, and it takes a program that breaks another invariant for a smaller one.
 */
final class Shrinking {
  private final String invariant;
  private final BiConsumer<Command, Answer> told;
  private List<Command> program;
  private InvariantViolation violation;

  private Shrinking(
      List<Command> program, BiConsumer<Command, Answer> told, InvariantViolation violation) {
    this.invariant = violation.invariant();
    this.told = told;
    this.program = program;
    this.violation = violation;
  }

  /** The violation by the smallest program, which it tells. */
  static InvariantViolation of(
      List<Command> program, BiConsumer<Command, Answer> told, InvariantViolation violation) {
    Shrinking shrinking = new Shrinking(program, told, violation);
    shrinking.shrink();
    return shrinking.result(program.size());
  }

  /** By halves, quarters and so on; by single commands until none can go. */
  private void shrink() {
    for (int size = program.size() / 2; size > 1; size /= 2) {
      boolean unused = leaveOut(size);
    }
    boolean more = true;
    while (more) {
      more = leaveOut(1);
    }
  }

  /** Tries it with each run of so many commands, the last ones first. */
  private boolean leaveOut(int size) {
    boolean any = false;
    for (int from = program.size() - size; from >= 0; from -= size) {
      List<Command> rest = new ArrayList<>(program);
      rest.subList(from, Math.min(from + size, rest.size())).clear();
      any |= stillBreaks(rest);
    }
    return any;
  }

  private boolean stillBreaks(List<Command> smaller) {
    try {
      Sequence.run(Sequence.processes(smaller), smaller, told);
      return false;
    } catch (InvariantViolation e) {
      boolean same = e.invariant().equals(invariant);
      violation = same ? e : violation;
      program = same ? smaller : program;
      return same;
    }
  }

  private InvariantViolation result(int before) {
    StringBuilder text = new StringBuilder("smallest program: ").append(program.size());
    text.append(" of ").append(before).append(" commands:");
    program.forEach(command -> text.append("\n  ").append(command));
    return violation.after(text.toString());
  }
}
