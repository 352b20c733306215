package io.github.datastorelookup.inspect;

import io.github.datastorelookup.port.Reasons;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The findings of an inspection, in the order of discovery. */
final class Findings {
  private final List<Finding> problems = new ArrayList<>();
  private final List<Finding> notes = new ArrayList<>();

  /**
   * One sentence about one subject.
   *
   * @param subject the subject, in a few words
   * @param text the fault or the note
   */
  record Finding(String subject, String text) {}

  /** Adds a fault, or a subject that could not be examined. */
  void problem(String subject, String text) {
    problems.add(new Finding(subject, text));
  }

  /** Adds a subject that could not be examined. */
  void problem(String subject, IOException e) {
    problem(subject, Reasons.of(e));
  }

  /** Adds a note: a state that the protocol handles. */
  void note(String subject, String text) {
    notes.add(new Finding(subject, text));
  }

  List<Finding> problems() {
    return List.copyOf(problems);
  }

  List<Finding> notes() {
    return List.copyOf(notes);
  }
}
