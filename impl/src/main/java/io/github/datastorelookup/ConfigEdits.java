package io.github.datastorelookup;

import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The edits that a save can make, as pure functions with typed refusals (clause S2). */
final class ConfigEdits {
  /** Properties that only {@code setMaintenance}, or a move at the end of a drain, may change. */
  private static final List<String> PROTECTED =
      List.of("path", "backing-device", "maintenance-mode");

  private static final String MODE = "maintenance-mode";

  private ConfigEdits() {}

  /** Appends a section that passes {@link #requireRoom}. */
  static DatastoreConfig create(DatastoreConfig config, DatastoreSection section) {
    requireRoom(config, section);
    return config.with(section);
  }

  /** Requires a free name, and a path that is not equal to, above or below another section's. */
  static void requireRoom(DatastoreConfig config, DatastoreSection section) {
    if (config.find(section.name()) != null) {
      throw new DatastoreException.EditRefused(
          section.name(), "datastore '" + section.name() + "' already exists");
    }
    requireOwnPath(config, section);
  }

  private static void requireOwnPath(DatastoreConfig config, DatastoreSection section) {
    requirePlain(section);
    String path = directory(section.absolutePath());
    for (DatastoreSection other : config.sections()) {
      String taken = directory(other.absolutePath());
      if (!other.name().equals(section.name())
          && (path.startsWith(taken) || taken.startsWith(path))) {
        throw new DatastoreException.EditRefused(
            section.name(),
            "path="
                + section.absolutePath()
                + " overlaps datastore '"
                + other.name()
                + "' with path="
                + other.absolutePath());
      }
    }
  }

  /** Requires a canonical path: paths are compared as text. */
  private static void requirePlain(DatastoreSection section) {
    String path = section.absolutePath();
    String whole = path.endsWith("/") ? path : path + "/";
    if (!whole.startsWith("/")
        || whole.contains("//")
        || whole.contains("/./")
        || whole.contains("/../")) {
      throw new DatastoreException.EditRefused(
          section.name(), "path=" + path + " must be absolute, without '.', '..' and '//'");
    }
  }

  /** The path with one slash at the end, so that prefixes are whole names. */
  private static String directory(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end) + "/";
  }

  /**
   * S7: requires properties that an update may change, and values that they may have.
   *
   * @throws io.github.datastorelookup.config.InvalidPropertyException when a value breaks its rule
   */
  static void requireUpdate(String name, Map<String, String> set, Collection<String> delete) {
    for (String key : PROTECTED) {
      if (set.containsKey(key) || delete.contains(key)) {
        throw new DatastoreException.EditRefused(
            name,
            "property '" + key + "' of datastore '" + name + "' cannot be changed by an update");
      }
    }
    Map<String, String> all = new TreeMap<>(set);
    all.put("path", "/");
    DatastoreSection unused = DatastoreSection.of(name, all);
  }

  /** Sets and deletes properties of a section, after {@link #requireUpdate}. */
  static DatastoreConfig update(
      DatastoreConfig config, String name, Map<String, String> set, Collection<String> delete) {
    DatastoreSection section = existing(config, name);
    for (String key : delete) {
      section = section.withoutProperty(key);
    }
    for (Map.Entry<String, String> property : set.entrySet()) {
      section = section.withProperty(property.getKey(), property.getValue());
    }
    return config.with(section);
  }

  /** Sets the maintenance mode. No other mode can follow {@code delete}. */
  static DatastoreConfig maintenance(
      DatastoreConfig config, String name, MaintenanceMode mode, @Nullable String message) {
    DatastoreSection section = existing(config, name);
    if (section.maintenanceMode() == MaintenanceMode.DELETE && mode != MaintenanceMode.DELETE) {
      throw new DatastoreException.EditRefused(
          name, "datastore '" + name + "' cannot leave its mode: " + section.refusalMessage());
    }
    return config.with(section.withMaintenance(mode, message));
  }

  /** The section at another path, and without its maintenance mode. */
  static DatastoreSection moved(DatastoreConfig config, String name, String path) {
    DatastoreSection moved =
        existing(config, name).withProperty("path", path).withoutProperty(MODE);
    requireOwnPath(config, moved);
    return moved;
  }

  /** Returns the config unchanged, provided that the text of the mode is still this one. */
  static DatastoreConfig stillIn(DatastoreConfig config, String name, String ours) {
    String now = rawMode(config, name);
    if (!ours.equals(now)) {
      throw new DatastoreException.EditRefused(
          name,
          "maintenance mode of datastore '"
              + name
              + "' was changed meanwhile: expected="
              + ours
              + " found="
              + (now == null ? "none" : now));
    }
    return config;
  }

  /**
   * The text that sets this mode, as it reads back; null for no mode.
   *
   * @throws IllegalArgumentException when it has no written form
   */
  static @Nullable String modeText(String name, MaintenanceMode mode, @Nullable String message) {
    return DatastoreSection.of(name, Map.of("path", "/"))
        .withMaintenance(mode, message)
        .property(MODE);
  }

  /** The text of the maintenance mode, or null. */
  static @Nullable String rawMode(DatastoreConfig config, String name) {
    return existing(config, name).property(MODE);
  }

  /** Sets or removes the text of the maintenance mode. */
  static DatastoreConfig withRawMode(DatastoreConfig config, String name, @Nullable String mode) {
    DatastoreSection section = existing(config, name);
    return config.with(
        mode == null ? section.withoutProperty(MODE) : section.withProperty(MODE, mode));
  }

  /** Requires that the section exists. */
  static void requireExisting(DatastoreConfig config, String name) {
    DatastoreSection unused = existing(config, name);
  }

  /** The refusal of two names for one datastore (M5). */
  static String describeShared(DatastoreSection section, DatastoreSection other) {
    return "datastore '"
        + section.name()
        + "' with path="
        + section.absolutePath()
        + " and datastore '"
        + other.name()
        + "' with path="
        + other.absolutePath()
        + " have one .lock: remove one of the two sections in a manual edit";
  }

  /** The section, which must exist. */
  static DatastoreSection existing(DatastoreConfig config, String name) {
    DatastoreSection section = config.find(name);
    if (section == null) {
      throw new DatastoreException.NoSuchDatastore(name);
    }
    return section;
  }
}
