package io.github.datastorelookup.config;

import java.io.Serial;

/** A value breaks its rule. Never leaves this package: the catcher knows the position. */
final class InvalidValueException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String reason;
  private final String nestedReason;

  /** A value that breaks its rule; the nested reason wraps {@code reason}. */
  InvalidValueException(String reason) {
    this(reason, "schema validation failed: " + reason);
  }

  /**
   * A value that cannot be parsed at all.
   *
   * @param reason reported if the value is a whole property
   * @param nestedReason reported if the value is part of a property string
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
