package io.github.datastorelookup.config;

import java.io.Serial;

/**
 * The text is no {@code datastore.cfg}. Nothing of it may be used: the sections before the fault do
 * not say what the whole file meant to say.
 */
public final class ConfigParseException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;
  private final String reason;

  ConfigParseException(String file, int line, String reason) {
    super("parsing \"" + file + "\" failed: line " + line + " - " + reason);
    this.file = file;
    this.line = line;
    this.reason = reason;
  }

  /** The name of the file, as the caller gave it. */
  public String file() {
    return file;
  }

  /**
   * The line of the fault, from 1. What a whole section lacks is reported at the empty line that
   * ends it, or at the last line of the file.
   */
  public int line() {
    return line;
  }

  /** What is wrong, without file and line. */
  public String reason() {
    return reason;
  }
}
