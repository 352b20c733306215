package io.github.datastorelookup.config;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One datastore as {@code datastore.cfg} describes it: a name and its properties. Immutable.
 *
 * <p>Every value obeys the rules of the file format and has its written form: flags are {@code
 * true} or {@code false}, integers have no leading zeros, everything else is unchanged. Sections
 * with the same name and properties are equal.
 */
public final class DatastoreSection {
  private static final String REMOVABLE_ROOT = "/mnt/datastore/";

  private final String name;
  private final SortedMap<String, String> properties;
  private final Maintenance maintenance;
  private final @Nullable String backingDevice;
  private final String absolutePath;

  private DatastoreSection(String name, SortedMap<String, String> properties, String path) {
    this.name = name;
    this.properties = Collections.unmodifiableSortedMap(properties);
    this.maintenance = Maintenance.of(properties.get(PropertyRules.MAINTENANCE_MODE));
    this.backingDevice = properties.get(PropertyRules.BACKING_DEVICE);
    this.absolutePath = backingDevice == null ? path : REMOVABLE_ROOT + name;
  }

  /**
   * A section made of checked values, or null if {@code path} is missing.
   *
   * @param properties in written form, without {@code name}; the section takes ownership of the map
   */
  static @Nullable DatastoreSection ofChecked(String name, SortedMap<String, String> properties) {
    String path = properties.get(PropertyRules.PATH);
    return path == null ? null : new DatastoreSection(name, properties, path);
  }

  /**
   * A section with this name and these properties.
   *
   * <p>Refuses every value that parsing refuses. Also refuses every value that would not survive
   * writing: a line feed, whitespace at the ends of a value, an unpaired surrogate, a property
   * {@code name} that differs from the name.
   *
   * @throws InvalidPropertyException if the name or a property breaks its rule, or {@code path} is
   *     missing
   */
  public static DatastoreSection of(String name, Map<String, String> properties) {
    @Nullable String fault = SafeId.fault(name);
    if (fault != null) {
      throw new InvalidPropertyException(name, PropertyRules.NAME, fault);
    }
    SortedMap<String, String> checked = new TreeMap<>();
    // Sorted, so that every run reports the same one of several faults.
    new TreeMap<>(properties).forEach((key, value) -> checked.put(key, check(name, key, value)));
    checked.remove(PropertyRules.NAME);
    DatastoreSection section = ofChecked(name, checked);
    if (section == null) {
      throw new InvalidPropertyException(
          name, PropertyRules.PATH, "property is missing and it is not optional");
    }
    return section;
  }

  private static String check(String name, String key, String value) {
    ValueRule rule = PropertyRules.find(key);
    if (rule == null) {
      throw new InvalidPropertyException(name, key, "unknown property");
    }
    if (key.equals(PropertyRules.NAME) && !value.equals(name)) {
      throw new InvalidPropertyException(name, key, "differs from the name of the section");
    }
    if (value.indexOf('\n') >= 0 || !Text.trim(value).equals(value)) {
      throw new InvalidPropertyException(
          name, key, "a line feed, or whitespace at the ends, would not survive writing");
    }
    if (Text.hasLoneSurrogate(value)) {
      throw new InvalidPropertyException(name, key, "half a surrogate pair has no UTF-8 form");
    }
    try {
      return rule.normalize(value);
    } catch (InvalidValueException e) {
      throw new InvalidPropertyException(name, key, e.reason());
    }
  }

  /** The name, a {@linkplain SafeId safe id}. */
  public String name() {
    return name;
  }

  /** All properties in alphabetical order of their keys; unmodifiable. */
  public Map<String, String> properties() {
    return properties;
  }

  /** The value of one property, or null if the section does not have it. */
  public @Nullable String property(String key) {
    return properties.get(key);
  }

  /**
   * The directory of the datastore: {@code path}, or {@code /mnt/datastore/<name>} if it is
   * removable (its {@code path} is relative to the root of the device).
   *
   * <p>The format does not require a leading slash in {@code path}, and allows control characters.
   * Check the path before use.
   */
  public String absolutePath() {
    return absolutePath;
  }

  /**
   * The maintenance mode. {@link MaintenanceMode#UNKNOWN} for a type that this program does not
   * know: a mistyped mode refuses readers and writers.
   */
  public MaintenanceMode maintenanceMode() {
    return maintenance.mode();
  }

  /** The operator's message, percent-decoded; empty if not UTF-8, null if there is none. */
  public @Nullable String maintenanceMessage() {
    return maintenance.message();
  }

  /**
   * The message for a caller that {@link #maintenanceMode()} refuses; empty for {@link
   * MaintenanceMode#NONE}.
   */
  public String refusalMessage() {
    return maintenance.refusal();
  }

  /** The UUID of a removable datastore's file system; null if not removable. */
  public @Nullable String backingDevice() {
    return backingDevice;
  }

  /** Whether the datastore is on a removable device. */
  public boolean removable() {
    return backingDevice != null;
  }

  /** The property string {@code tuning}, unparsed; null if there is none. */
  public @Nullable String tuning() {
    return properties.get(PropertyRules.TUNING);
  }

  /**
   * This section with one property added or changed.
   *
   * @throws InvalidPropertyException as {@link #of} does
   */
  public DatastoreSection withProperty(String key, String value) {
    SortedMap<String, String> changed = new TreeMap<>(properties);
    changed.put(key, value);
    return of(name, changed);
  }

  /**
   * This section without one property; the same object if it has no such property.
   *
   * @throws InvalidPropertyException if the property is {@code path}, which is required
   */
  public DatastoreSection withoutProperty(String key) {
    if (!properties.containsKey(key)) {
      return this;
    }
    SortedMap<String, String> changed = new TreeMap<>(properties);
    changed.remove(key);
    return of(name, changed);
  }

  /**
   * This section in another mode. Checks no transition: the caller decides which are allowed.
   *
   * @param mode {@link MaintenanceMode#NONE} removes the property
   * @param message the value of {@link #maintenanceMessage()}, or null for none; at most 64
   *     characters as written (a percent sign takes three); ignored for {@link
   *     MaintenanceMode#NONE}
   * @throws IllegalArgumentException if the mode is {@link MaintenanceMode#UNKNOWN}, which has no
   *     written form
   * @throws InvalidPropertyException if the message is too long or holds a control character
   */
  public DatastoreSection withMaintenance(MaintenanceMode mode, @Nullable String message) {
    return switch (mode) {
      case NONE -> withoutProperty(PropertyRules.MAINTENANCE_MODE);
      case UNKNOWN ->
          throw new IllegalArgumentException("mode=UNKNOWN has no written form: use a known mode");
      case READ_ONLY, OFFLINE, DELETE, UNMOUNT, S3_REFRESH ->
          withProperty(PropertyRules.MAINTENANCE_MODE, Maintenance.format(mode, message));
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof DatastoreSection section
            && name.equals(section.name)
            && properties.equals(section.properties));
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + properties.hashCode();
  }

  @Override
  public String toString() {
    return "datastore " + name + " " + properties;
  }
}
