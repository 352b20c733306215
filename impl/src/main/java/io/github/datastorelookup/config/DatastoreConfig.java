package io.github.datastorelookup.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The datastores that one {@code datastore.cfg} describes, in the order of the file. Immutable.
 *
 * <p>The file is UTF-8 text. A section is a header {@code datastore: <name>}, one line per property
 * (whitespace, key, whitespace, value), and an empty line or the end of the file. There are no
 * comments. The format is that of Proxmox Backup Server 4.2.
 */
public final class DatastoreConfig {
  private static final DatastoreConfig EMPTY = new DatastoreConfig(List.of(), null);

  private final List<DatastoreSection> sections;

  /** The same sections; never iterated. */
  private final Map<String, DatastoreSection> byName;

  private final @Nullable SectionTexts texts;

  /** Takes ownership of the list, whose sections have distinct names. */
  DatastoreConfig(List<DatastoreSection> sections, @Nullable SectionTexts texts) {
    this.sections = Collections.unmodifiableList(sections);
    this.byName = new HashMap<>(2 * sections.size());
    this.texts = texts;
    sections.forEach(section -> byName.put(section.name(), section));
  }

  /** No datastores. A missing file means the same. */
  public static DatastoreConfig empty() {
    return EMPTY;
  }

  /**
   * Reads the bytes of a file.
   *
   * <p>A section that {@code previous} has with the same name and properties is reused as the same
   * object. If its text is unchanged too and follows the same section as before, the parser skips
   * it: reloading a large file after a small change costs little more than comparing its bytes.
   *
   * <p>A later section of the same name replaces the earlier one in place.
   *
   * @param file the name of the file, for messages only
   * @param bytes copied, so the caller may change them afterwards
   * @param previous the config parsed before, or null
   * @throws ConfigParseException at the first invalid line; bytes that are not UTF-8 are invalid
   */
  public static DatastoreConfig parse(String file, byte[] bytes, @Nullable DatastoreConfig previous)
      throws ConfigParseException {
    return new ConfigParser(file, bytes.clone(), previous).parse();
  }

  /** All sections in the order of the file; unmodifiable. */
  public List<DatastoreSection> sections() {
    return sections;
  }

  /** The section of that name, or null. Takes constant time. */
  public @Nullable DatastoreSection find(String name) {
    return byName.get(name);
  }

  /** This config with the section appended, or replaced in place. */
  public DatastoreConfig with(DatastoreSection section) {
    List<DatastoreSection> changed = new ArrayList<>(sections.size() + 1);
    changed.addAll(sections);
    int place = indexOf(section.name());
    if (place >= 0) {
      changed.set(place, section);
    } else {
      changed.add(section);
    }
    return new DatastoreConfig(changed, null);
  }

  /** This config without the section of that name; the same object if there is none. */
  public DatastoreConfig without(String name) {
    if (find(name) == null) {
      return this;
    }
    List<DatastoreSection> changed = new ArrayList<>(sections);
    changed.removeIf(section -> section.name().equals(name));
    return new DatastoreConfig(changed, null);
  }

  private int indexOf(String name) {
    for (int place = 0; place < sections.size() && byName.containsKey(name); place++) {
      if (sections.get(place).name().equals(name)) {
        return place;
      }
    }
    return -1;
  }

  /**
   * The content of the file: sections in order with an empty line between them, properties in
   * alphabetical order, one per line after a tab. Without sections one line feed: zero bytes are
   * what a power failure leaves. Parsing it gives equal sections.
   *
   * @throws ConfigWriteException if a value holds a control character
   */
  public byte[] format() {
    StringBuilder text = new StringBuilder(128 * sections.size());
    for (DatastoreSection section : sections) {
      if (!text.isEmpty()) {
        text.append('\n');
      }
      text.append("datastore: ").append(section.name()).append('\n');
      section
          .properties()
          .forEach(
              (key, value) -> {
                if (Text.hasControl(value)) {
                  throw new ConfigWriteException(section.name(), key);
                }
                text.append('\t').append(key).append(' ').append(value).append('\n');
              });
    }
    return (text.isEmpty() ? "\n" : text.toString()).getBytes(StandardCharsets.UTF_8);
  }

  /** The positions of the sections in the parsed file; null if this config was not parsed. */
  @Nullable SectionTexts texts() {
    return texts;
  }
}
