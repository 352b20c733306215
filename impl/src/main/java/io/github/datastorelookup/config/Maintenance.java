package io.github.datastorelookup.config;

import org.jspecify.annotations.Nullable;

/**
 * The property {@code maintenance-mode}, parsed.
 *
 * @param mode the maintenance mode
 * @param message the operator's message, decoded; null if there is none
 * @param refusal the message for a refused caller; empty without maintenance
 */
record Maintenance(MaintenanceMode mode, @Nullable String message, String refusal) {
  static final String TYPE = "type";
  static final String MESSAGE = "message";

  private static final Maintenance NONE = new Maintenance(MaintenanceMode.NONE, null, "");

  /** Parses a value that is null (no such property) or already checked. */
  static Maintenance of(@Nullable String raw) {
    if (raw == null) {
      return NONE;
    }
    MaintenanceMode mode = MaintenanceMode.UNKNOWN;
    @Nullable String message = null;
    try {
      for (PropertyString.Pair pair : PropertyString.parse(raw)) {
        if (MESSAGE.equals(pair.key())) {
          message = PercentCode.decode(pair.value());
        } else {
          mode = MaintenanceMode.ofKey(pair.value());
        }
      }
    } catch (InvalidValueException e) {
      throw new IllegalStateException("not checked: " + raw, e);
    }
    return new Maintenance(mode, message, refusal(mode, message == null ? "" : message, raw));
  }

  /** The property value that {@link #of} parses as this mode and message. */
  static String format(MaintenanceMode mode, @Nullable String message) {
    if (message == null) {
      return mode.key();
    }
    return mode.key() + "," + MESSAGE + "=" + PropertyString.quote(PercentCode.encode(message));
  }

  private static String refusal(MaintenanceMode mode, String message, String raw) {
    return switch (mode) {
      case NONE -> "";
      case READ_ONLY -> "read-only maintenance mode: " + message;
      case OFFLINE -> "offline maintenance mode: " + message;
      case DELETE -> "datastore is being deleted";
      case UNMOUNT -> "datastore is being unmounted";
      case S3_REFRESH -> "S3 refresh maintenance mode: " + message;
      case UNKNOWN -> "unknown maintenance mode '" + raw + "'";
    };
  }
}
