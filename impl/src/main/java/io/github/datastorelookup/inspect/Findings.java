package io.github.datastorelookup.inspect;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an inspection has to say in words, in the order in which it was found. */
final class Findings {
  private final List<Finding> problems = new ArrayList<>();
  private final List<Finding> notes = new ArrayList<>();

  /**
   * One sentence about one thing.
   *
   * @param subject what it is about, in a few words
   * @param text what is wrong with it, or worth knowing
   */
  record Finding(String subject, String text) {}

  /** Something is wrong, or could not be looked at. */
  void problem(String subject, String text) {
    problems.add(new Finding(subject, text));
  }

  /** This could not be looked at. */
  void problem(String subject, IOException e) {
    problem(subject, reason(e));
  }

  /** Worth knowing, but the protocol copes with it. */
  void note(String subject, String text) {
    notes.add(new Finding(subject, text));
  }

  List<Finding> problems() {
    return List.copyOf(problems);
  }

  List<Finding> notes() {
    return List.copyOf(notes);
  }

  /** The file and what is wrong with it; Java leaves out one or the other. */
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
