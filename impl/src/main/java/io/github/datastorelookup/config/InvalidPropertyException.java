package io.github.datastorelookup.config;

import java.io.Serial;

/** Thrown for a property that a section may not have, or a value that breaks its rule. */
public final class InvalidPropertyException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1L;

  private final String datastore;
  private final String property;
  private final String reason;

  InvalidPropertyException(String datastore, String property, String reason) {
    super("datastore='" + datastore + "' property='" + property + "': " + reason);
    this.datastore = datastore;
    this.property = property;
    this.reason = reason;
  }

  /** The name of the section. If that name is invalid, {@link #property} is {@code name}. */
  public String datastore() {
    return datastore;
  }

  /** The key of the property. */
  public String property() {
    return property;
  }

  /** What is wrong with it. */
  public String reason() {
    return reason;
  }
}
