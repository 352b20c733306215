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
 * The content of the config file; immutable.
 *
 * @param sections in file order
 * @param form whether there is a file and it parses, independent of the sections
 */
public record ModelConfig(List<Section> sections, Form form) {
  private static final String REMOVABLE = "/mnt/datastore/";

  /** The device of all removable datastores. */
  public static final String DEVICE = "11111111-2222-3333-4444-555555555555";

  /** The form of a file. */
  public enum Form {
    /** It parses. */
    WHOLE(""),
    /** An editor was interrupted. */
    TORN("datastore: torn\n\tpa"),
    /** It has an unknown property. */
    UNPARSABLE("datastore: odd\n\tno-such-property 1\n"),
    /** There is no file. */
    GONE(""),
    /** There is a file of zero bytes. */
    ZERO_BYTES("");

    /** The beginning of the text. */
    private final String start;

    Form(String start) {
      this.start = start;
    }

    private static Form of(String text) {
      return text.startsWith(TORN.start)
          ? TORN
          : text.startsWith(UNPARSABLE.start) ? UNPARSABLE : text.isEmpty() ? GONE : WHOLE;
    }
  }

  /**
   * A datastore.
   *
   * @param mode its maintenance mode; UNKNOWN is written as {@code nope}
   * @param message the message after the mode, or empty
   * @param version the number in its comment, which names the edit that wrote it last
   */
  public record Section(
      String name, String path, MaintenanceMode mode, String message, int version) {
    /** A section whose mode has no message. */
    public Section(String name, String path, MaintenanceMode mode, int version) {
      this(name, path, mode, "", version);
    }

    /** A section that the library parsed. */
    public static Section of(DatastoreSection section) {
      String comment = Objects.requireNonNullElse(section.property("comment"), "v0");
      return new Section(
          section.name(),
          section.absolutePath(),
          modeOf(section.property("maintenance-mode")),
          Objects.requireNonNullElse(section.maintenanceMessage(), ""),
          Integer.parseInt(comment.substring(1)));
    }

    /** Whether it is on a removable device. */
    public boolean removable() {
      return path.startsWith(REMOVABLE);
    }

    /** This section as another edit wrote it. */
    public Section with(int newVersion) {
      return new Section(name, path, mode, message, newVersion);
    }

    /** This section at another path. */
    public Section at(String newPath) {
      return new Section(name, newPath, mode, message, version);
    }

    /** This section with another mode, and no message. */
    public Section with(MaintenanceMode newMode) {
      return with(newMode, "");
    }

    /** This section with another mode. */
    Section with(MaintenanceMode newMode, String newMessage) {
      return new Section(name, path, newMode, newMessage, version);
    }

    private String modeText() {
      String key = mode.key().isEmpty() ? "nope" : mode.key();
      return message.isEmpty() ? key : key + ",message=" + message;
    }
  }

  /** The path of a removable datastore of this name; a section at such a path is removable. */
  public static String mountPoint(String name) {
    return REMOVABLE + name;
  }

  /** Keeps a copy of the list. */
  public ModelConfig {
    sections = List.copyOf(sections);
  }

  /** A file without sections. */
  public static ModelConfig empty() {
    return new ModelConfig(List.of(), Form.WHOLE);
  }

  /** No sections, and a file of this form. */
  static ModelConfig empty(Form form) {
    return new ModelConfig(List.of(), form);
  }

  /** Whether the text does not parse. */
  public boolean broken() {
    return form == Form.TORN || form == Form.UNPARSABLE;
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
    return new ModelConfig(next, written());
  }

  /** Without the section of this name. */
  public ModelConfig without(String name) {
    return new ModelConfig(
        sections.stream().filter(s -> !s.name().equals(name)).toList(), written());
  }

  /** The same sections in a text of this form. */
  public ModelConfig in(Form newForm) {
    return new ModelConfig(sections, newForm);
  }

  /** The form after a write, which creates a missing file and fills an empty one. */
  private Form written() {
    return form == Form.GONE || form == Form.ZERO_BYTES ? Form.WHOLE : form;
  }

  /** Parses a text that {@link #text} or a save of the library wrote. */
  public static ModelConfig parse(String text) {
    Form form = Form.of(text);
    String whole = text.substring(form.start.length()).stripLeading();
    try {
      byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
      return new ModelConfig(
          DatastoreConfig.parse("model", bytes, null).sections().stream().map(Section::of).toList(),
          form);
    } catch (ConfigParseException e) {
      throw new IllegalArgumentException("not a text of ours: " + text, e);
    }
  }

  /** The mode of this property value; an unknown value is a mode too. */
  public static MaintenanceMode modeOf(@Nullable String value) {
    String key = value == null ? null : value.replaceFirst(",message=.*", "");
    for (MaintenanceMode mode : MaintenanceMode.values()) {
      if (mode.key().equals(key)) {
        return mode;
      }
    }
    return value == null ? MaintenanceMode.NONE : MaintenanceMode.UNKNOWN;
  }

  /** The text that PBS, an administrator, or a save would write. */
  public String text() {
    StringBuilder text = new StringBuilder(form.start);
    for (Section section : sections) {
      text.append(text.isEmpty() ? "" : "\n").append("datastore: ").append(section.name());
      text.append(section.removable() ? "\n\tbacking-device " + DEVICE : "");
      text.append("\n\tcomment v").append(section.version());
      if (section.mode() != MaintenanceMode.NONE) {
        text.append("\n\tmaintenance-mode ").append(section.modeText());
      }
      text.append("\n\tpath ").append(section.removable() ? "x" : section.path()).append('\n');
    }
    return text.isEmpty() && form == Form.WHOLE ? "\n" : text.toString();
  }

  @Override
  public String toString() {
    StringBuilder all = new StringBuilder(form == Form.WHOLE ? "" : form.name());
    for (Section s : sections) {
      all.append(all.isEmpty() ? "" : ", ").append(s.name()).append("=v").append(s.version());
      all.append('@').append(s.path());
      all.append(s.mode() == MaintenanceMode.NONE ? "" : " " + s.mode());
    }
    return "[" + all + "]";
  }
}
