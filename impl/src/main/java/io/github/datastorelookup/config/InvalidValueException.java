package io.github.datastorelookup.config;

import java.io.Serial;

/** A value breaks its rule. Stays inside this package: whoever catches it knows where it stood. */
final class InvalidValueException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String reason;
  private final String nestedReason;

  /** A value that breaks its rule the same way, wherever it stands. */
  InvalidValueException(String reason) {
    this(reason, "schema validation failed: " + reason);
  }

  /**
   * A value that cannot be read at all.
   *
   * @param reason told if the value is the whole of a property
   * @param nestedReason told if the value is a part of a property string
   */
  InvalidValueException(String reason, String nestedReason) {
    super(reason);
    this.reason = reason;
    this.nestedReason = nestedReason;
  }

  String reason() {
    return reason;
  }

  String nestedReason() {
    return nestedReason;
  }
}
