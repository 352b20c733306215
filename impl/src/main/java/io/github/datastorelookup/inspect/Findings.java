package io.github.datastorelookup.inspect;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The findings of an inspection, in the order of discovery. */
final class Findings {
  private final List<Finding> problems = new ArrayList<>();
  private final List<Finding> notes = new ArrayList<>();

  /**
   * One sentence about one subject.
   *
   * @param subject the subject, in a few words
   * @param text what is wrong with it, or worth knowing
   */
  record Finding(String subject, String text) {}

  /** Adds something that is wrong, or could not be examined. */
  void problem(String subject, String text) {
    problems.add(new Finding(subject, text));
  }

  /** Adds a subject that could not be examined. */
  void problem(String subject, IOException e) {
    problem(subject, reason(e));
  }

  /** Adds something worth knowing that the protocol copes with. */
  void note(String subject, String text) {
    notes.add(new Finding(subject, text));
  }

  List<Finding> problems() {
    return List.copyOf(problems);
  }

  List<Finding> notes() {
    return List.copyOf(notes);
  }

  /** The file and the reason; Java omits one or the other. */
  static String reason(IOException e) {
    if (!(e instanceof FileSystemException failed) || failed.getFile() == null) {
      return String.valueOf(e.getMessage());
    }
    @Nullable String reason = failed.getReason();
    if (reason == null && e instanceof AccessDeniedException) {
      reason = "permission denied";
    } else if (reason == null && e instanceof NoSuchFileException) {
      reason = "no such file or directory";
    }
    return failed.getFile() + ": " + (reason == null ? e.getClass().getSimpleName() : reason);
  }
}
