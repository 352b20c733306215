package io.github.datastorelookup.config;

import java.io.Serial;

/**
 * Thrown when a text is not a valid {@code datastore.cfg}. The caller must not use any of it: the
 * sections before the fault do not show what the whole file means.
 */
public final class ConfigParseException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Longest reason in characters: it may quote a line, and a line may be the whole file. */
  private static final int REASON_MAX = 400;

  private final String file;
  private final int line;
  private final String reason;

  ConfigParseException(String file, int line, String reason) {
    super("parsing \"" + file + "\" failed: line " + line + " - " + shortened(reason));
    this.file = file;
    this.line = line;
    this.reason = shortened(reason);
  }

  private static String shortened(String reason) {
    return reason.length() <= REASON_MAX ? reason : reason.substring(0, REASON_MAX) + "...";
  }

  /** The name of the file, as given by the caller. */
  public String file() {
    return file;
  }

  /**
   * The line of the fault, from 1. A missing property is reported at the empty line that ends the
   * section, or at the last line of the file.
   */
  public int line() {
    return line;
  }

  /** What is wrong, without file and line. */
  public String reason() {
    return reason;
  }
}
