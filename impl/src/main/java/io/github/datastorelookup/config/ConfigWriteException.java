package io.github.datastorelookup.config;

import java.io.Serial;

/**
 * Thrown when a value cannot be written because it holds a control character.
 *
 * <p>Reading is laxer than writing: a path may hold any control character, and a comment those
 * beyond ASCII. Lookups use such a file, but saves fail until an administrator corrects the value.
 */
public final class ConfigWriteException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1L;

  private final String datastore;
  private final String property;

  ConfigWriteException(String datastore, String property) {
    super(
        "detected unexpected control character in section '"
            + datastore
            + "' key '"
            + property
            + "'");
    this.datastore = datastore;
    this.property = property;
  }

  /** The name of the section. */
  public String datastore() {
    return datastore;
  }

  /** The key of the value. */
  public String property() {
    return property;
  }
}
