package io.github.datastorelookup.model;

import io.github.datastorelookup.config.ConfigParseException;
import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the config file says; immutable.
 *
 * @param sections in file order
 * @param broken whether the text does not parse, whatever the sections
 */
public record ModelConfig(List<Section> sections, boolean broken) {
  private static final String TORN = "datastore: torn\n\tpa";
  private static final String REMOVABLE = "/mnt/datastore/";

  /** The device of all removable datastores. */
  public static final String DEVICE = "11111111-2222-3333-4444-555555555555";

  /**
   * A datastore.
   *
   * @param mode its maintenance mode; UNKNOWN is written as {@code nope}
   * @param version what its comment says: which edit wrote it last
   */
  public record Section(String name, String path, MaintenanceMode mode, int version) {
    /** Whether it lives on a device that comes and goes. */
    public boolean removable() {
      return path.startsWith(REMOVABLE);
    }

    /** This section as another edit wrote it. */
    Section with(int newVersion) {
      return new Section(name, path, mode, newVersion);
    }

    /** This section with another mode. */
    public Section with(MaintenanceMode newMode) {
      return new Section(name, path, newMode, version);
    }
  }

  /** Where a removable datastore of this name is; a section at such a path is removable. */
  public static String mountPoint(String name) {
    return REMOVABLE + name;
  }

  /** A copy of the list is kept. */
  public ModelConfig {
    sections = List.copyOf(sections);
  }

  /** No section. */
  public static ModelConfig empty() {
    return new ModelConfig(List.of(), false);
  }

  /** The section of this name, or null. */
  public @Nullable Section find(String name) {
    return sections.stream().filter(s -> s.name().equals(name)).findFirst().orElse(null);
  }

  /** Replaces the section of the same name in place, or appends it. */
  public ModelConfig with(Section section) {
    List<Section> next = new ArrayList<>(sections);
    next.replaceAll(s -> s.name().equals(section.name()) ? section : s);
    if (find(section.name()) == null) {
      next.add(section);
    }
    return new ModelConfig(next, broken);
  }

  /** Without the section of this name. */
  public ModelConfig without(String name) {
    return new ModelConfig(sections.stream().filter(s -> !s.name().equals(name)).toList(), broken);
  }

  /** The same sections, in a text that does not parse, or parses again. */
  public ModelConfig broken(boolean nowBroken) {
    return new ModelConfig(sections, nowBroken);
  }

  /** What a text says that {@link #text} or a save of ours wrote. */
  public static ModelConfig parse(String text) {
    boolean broken = text.startsWith(TORN);
    String whole = broken ? text.substring(TORN.length()).stripLeading() : text;
    List<Section> sections = new ArrayList<>();
    try {
      byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
      for (DatastoreSection section : DatastoreConfig.parse("model", bytes, null).sections()) {
        String comment = Objects.requireNonNullElse(section.property("comment"), "v0");
        int version = Integer.parseInt(comment.substring(1));
        String path = section.absolutePath();
        MaintenanceMode mode = modeOf(section.property("maintenance-mode"));
        sections.add(new Section(section.name(), path, mode, version));
      }
    } catch (ConfigParseException e) {
      throw new IllegalArgumentException("not a text of ours: " + text, e);
    }
    return new ModelConfig(sections, broken);
  }

  /** What this value of the property means: an unknown one is a mode. */
  public static MaintenanceMode modeOf(@Nullable String value) {
    for (MaintenanceMode mode : MaintenanceMode.values()) {
      if (mode.key().equals(value)) {
        return mode;
      }
    }
    return value == null ? MaintenanceMode.NONE : MaintenanceMode.UNKNOWN;
  }

  /** The text that PBS, an administrator, or a save would write. */
  public String text() {
    StringBuilder text = new StringBuilder(broken ? TORN : "");
    for (Section section : sections) {
      text.append(text.isEmpty() ? "" : "\n").append("datastore: ").append(section.name());
      text.append(section.removable() ? "\n\tbacking-device " + DEVICE : "");
      text.append("\n\tcomment v").append(section.version());
      if (section.mode() != MaintenanceMode.NONE) {
        String key = section.mode().key();
        text.append("\n\tmaintenance-mode ").append(key.isEmpty() ? "nope" : key);
      }
      text.append("\n\tpath ").append(section.removable() ? "x" : section.path()).append('\n');
    }
    return text.toString();
  }

  @Override
  public String toString() {
    StringBuilder all = new StringBuilder(broken ? "BROKEN" : "");
    for (Section s : sections) {
      all.append(all.isEmpty() ? "" : ", ").append(s.name()).append("=v").append(s.version());
      all.append('@').append(s.path());
      all.append(s.mode() == MaintenanceMode.NONE ? "" : " " + s.mode());
    }
    return "[" + all + "]";
  }
}
