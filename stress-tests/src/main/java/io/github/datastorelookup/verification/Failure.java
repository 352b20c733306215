package io.github.datastorelookup.verification;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * One reason why a layer failed.
 *
 * @param check what was checked: {@code class#method}, a race, a mutant, or the layer itself
 * @param message the finding, in one paragraph
 * @param details the trace, or the output that shows it; may be long
 * @param replay the command that shows it again
 */
public record Failure(String check, String message, String details, String replay) {

  /** The failure that this exception shows. */
  public static Failure of(String check, Throwable thrown, String replay) {
    return new Failure(check, String.valueOf(thrown.getMessage()), trace(thrown), replay);
  }

  /** Alike for failures that one fault explains: the first line, without its numbers. */
  public String cause() {
    String line = message.lines().findFirst().orElse("");
    String frame =
        details.lines().filter(each -> each.contains("at io.github.")).findFirst().orElse("");
    return line.replaceAll("\\d+", "#") + frame.strip();
  }

  /** The stack trace as text. */
  public static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
