package io.github.datastorelookup.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Parses one {@code datastore.cfg} and reuses the sections of an earlier file whose text recurs.
 *
 * <p>Outside a section, empty lines are skipped and anything else is a header. Inside, an empty
 * line or the end of the file ends the section and anything else is a property. A line is empty if
 * it holds only whitespace. The parser reports the first fault in line order.
 */
final class ConfigParser {
  private static final String TYPE = "datastore";

  private final byte[] bytes;
  private final LineReader reader;
  private final @Nullable DatastoreConfig previous;
  private final @Nullable SectionTexts previousTexts;
  private final List<DatastoreSection> sections;
  private final Map<String, Integer> index;
  private final SectionTexts.Builder texts;

  /** Indexes of the earlier file's sections by name; built when the first text differs. */
  private @Nullable Map<String, Integer> places;

  /** The section of the earlier file that probably comes next: the one after the last match. */
  private int likely;

  ConfigParser(String file, byte[] bytes, @Nullable DatastoreConfig previous) {
    int expected = previous == null ? 16 : previous.sections().size() + 1;
    this.bytes = bytes;
    this.reader = new LineReader(file, bytes);
    this.previous = previous;
    this.previousTexts = previous == null ? null : previous.texts();
    this.sections = new ArrayList<>(expected);
    this.index = new HashMap<>(2 * expected);
    this.texts = new SectionTexts.Builder(expected);
  }

  DatastoreConfig parse() throws ConfigParseException {
    while (!reader.atEnd()) {
      if (reader.skipEmptyLine() || share(likely)) {
        continue;
      }
      section();
    }
    return new DatastoreConfig(sections, texts.build(bytes, sections.size()));
  }

  /** Reuses {@code candidate} of the earlier file if its text recurs here. */
  private boolean share(int candidate) {
    SectionTexts earlier = previousTexts;
    int start = reader.position();
    if (previous == null
        || earlier == null
        || candidate >= earlier.size()
        || !earlier.recurs(candidate, bytes, start)) {
      return false;
    }
    reader.skip(earlier.length(candidate), earlier.lineCount(candidate));
    put(previous.sections().get(candidate), start, reader.lineEnd(), earlier.lineCount(candidate));
    likely = candidate + 1;
    return true;
  }

  private void section() throws ConfigParseException {
    int start = reader.position();
    String header = reader.next();
    if (Text.isBlank(header)) {
      return;
    }
    int firstLine = reader.line();
    String name = name(header);
    int candidate = placeInPrevious(name);
    if (candidate >= 0) {
      likely = candidate + 1;
    }
    int end = reader.lineEnd();
    int lastLine = firstLine;
    SortedMap<String, String> properties = new TreeMap<>();
    while (!reader.atEnd()) {
      String line = reader.next();
      if (Text.isBlank(line)) {
        break;
      }
      property(properties, line);
      end = reader.lineEnd();
      lastLine = reader.line();
    }
    properties.remove(PropertyRules.NAME);
    DatastoreSection section = DatastoreSection.ofChecked(name, properties);
    if (section == null) {
      throw reader.fault("property 'path' is missing and it is not optional.");
    }
    put(known(section, candidate), start, end, lastLine - firstLine + 1);
  }

  private int placeInPrevious(String name) {
    if (previous != null && places == null) {
      places = new HashMap<>();
      for (DatastoreSection section : previous.sections()) {
        places.put(section.name(), places.size());
      }
    }
    return places == null ? -1 : places.getOrDefault(name, -1);
  }

  /** The earlier section if it is equal, so that a change of form only shares the section too. */
  private DatastoreSection known(DatastoreSection section, int candidate) {
    if (previous == null || candidate < 0) {
      return section;
    }
    DatastoreSection earlier = previous.sections().get(candidate);
    return earlier.equals(section) ? earlier : section;
  }

  /** Adds a section. A later section of the same name replaces the earlier one in place. */
  private void put(DatastoreSection section, int start, int end, int lineCount) {
    Integer place = index.putIfAbsent(section.name(), sections.size());
    if (place == null) {
      texts.put(sections.size(), start, end, lineCount);
      sections.add(section);
    } else {
      texts.put(place, start, end, lineCount);
      sections.set(place, section);
    }
  }

  private String name(String header) throws ConfigParseException {
    int colon = header.indexOf(':');
    if (colon < 0 || !Character.isAlphabetic(header.codePointAt(0))) {
      throw reader.fault("syntax error (expected header)");
    }
    String type = Text.trim(header.substring(0, colon));
    if (!type.equals(TYPE)) {
      throw reader.fault("unknown section type '" + type + "'");
    }
    String name = Text.trim(header.substring(colon + 1));
    @Nullable String fault = SafeId.fault(name);
    if (fault != null) {
      throw reader.fault("syntax error in section identifier: " + fault);
    }
    return name;
  }

  private void property(Map<String, String> properties, String line) throws ConfigParseException {
    int start = Text.skipWhitespace(line, 0);
    int end = start;
    while (end < line.length() && !Text.isWhitespace(line.charAt(end))) {
      end++;
    }
    if (start == 0 || end == line.length()) {
      throw reader.fault("syntax error (expected section properties)");
    }
    String key = line.substring(start, end);
    ValueRule rule = PropertyRules.find(key);
    if (rule == null) {
      throw reader.fault("unknown property '" + key + "'");
    }
    String value;
    try {
      value = rule.normalize(Text.trim(line.substring(end)));
    } catch (InvalidValueException e) {
      throw reader.fault("property '" + key + "': " + e.reason());
    }
    if (properties.put(key, value) != null) {
      throw reader.fault("duplicate property '" + key + "'");
    }
  }
}
