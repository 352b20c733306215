package io.github.datastorelookup.config;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The properties that a section may have, and the rule of each.
 *
 * <p>No rule refuses a value that Proxmox Backup Server 4.2 reads, so this library reads all of its
 * files. Neither program checks values of enumerations ({@code notification-mode}, the {@code type}
 * of {@code maintenance-mode}, {@code chunk-order}, {@code sync-level}) when it reads a file.
 * Properties that this library does not interpret ({@code backend}, {@code notify}, {@code
 * notify-user}, {@code notification-thresholds}, the schedules) are checked loosely and kept.
 */
final class PropertyRules {
  static final String PATH = "path";
  static final String MAINTENANCE_MODE = "maintenance-mode";
  static final String BACKING_DEVICE = "backing-device";
  static final String TUNING = "tuning";

  /** Checked and then dropped: the header has the name. */
  static final String NAME = "name";

  private static final Map<String, ValueRule> RULES = rules();

  private PropertyRules() {}

  /** The rule of {@code key}, or null if a section has no such property. */
  static @Nullable ValueRule find(String key) {
    return RULES.get(key);
  }

  private static Map<String, ValueRule> rules() {
    Map<String, ValueRule> rules = new TreeMap<>();
    rules.put(NAME, ValueRule.safeId());
    rules.put(PATH, ValueRule.text(1, 4096));
    rules.put("comment", ValueRule.line(128));
    rules.put("gc-schedule", ValueRule.calendarEvent());
    rules.put("prune-schedule", ValueRule.calendarEvent());
    rules.put("counter-reset-schedule", ValueRule.calendarEvent());
    for (String period : new String[] {"last", "hourly", "daily", "weekly", "monthly", "yearly"}) {
      rules.put("keep-" + period, ValueRule.integer(1, Long.MAX_VALUE));
    }
    rules.put("verify-new", ValueRule.flag());
    rules.put("gc-on-unmount", ValueRule.flag());
    rules.put("notify-user", ValueRule.any());
    rules.put("notify", ValueRule.propertyString());
    rules.put("notification-mode", ValueRule.any());
    rules.put("notification-thresholds", ValueRule.propertyString());
    rules.put("backend", ValueRule.propertyString());
    rules.put(BACKING_DEVICE, ValueRule.uuid());
    rules.put(TUNING, tuning());
    rules.put(MAINTENANCE_MODE, maintenanceMode());
    return rules;
  }

  private static ValueRule tuning() {
    Map<String, ValueRule> parts = new TreeMap<>();
    parts.put("chunk-order", ValueRule.any());
    parts.put("sync-level", ValueRule.any());
    parts.put("gc-atime-safety-check", ValueRule.flag());
    parts.put("gc-atime-cutoff", ValueRule.integer(1, 2880));
    parts.put("gc-cache-capacity", ValueRule.integer(0, 8_388_608));
    // Only an upper bound of the readers is known, and no bound of the workers.
    parts.put("default-verification-readers", ValueRule.integer(Long.MIN_VALUE, 32));
    parts.put("default-verification-workers", ValueRule.integer(Long.MIN_VALUE, Long.MAX_VALUE));
    return ValueRule.propertyString(parts, null);
  }

  private static ValueRule maintenanceMode() {
    Map<String, ValueRule> parts = new TreeMap<>();
    parts.put(Maintenance.TYPE, ValueRule.any());
    parts.put(Maintenance.MESSAGE, ValueRule.line(64));
    return ValueRule.propertyString(parts, Maintenance.TYPE);
  }
}
