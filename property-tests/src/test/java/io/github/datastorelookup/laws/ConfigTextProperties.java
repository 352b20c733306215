package io.github.datastorelookup.laws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.datastorelookup.ConfigView;
import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.config.ConfigParseException;
import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.config.SafeId;
import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.memory.MemoryHost;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** The laws of reading and writing: what was written is what is read, and nothing else changes. */
@Tag("properties")
class ConfigTextProperties {
  private static final Pattern SAFE_ID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{2,31}");

  private static DatastoreConfig parse(String text, @Nullable DatastoreConfig previous)
      throws ConfigParseException {
    return DatastoreConfig.parse("f", text.getBytes(StandardCharsets.UTF_8), previous);
  }

  private static DatastoreConfig config(List<DatastoreSection> sections) {
    DatastoreConfig config = DatastoreConfig.empty();
    for (DatastoreSection section : sections) {
      config = config.with(section);
    }
    return config;
  }

  /** The texts of the sections by name, as they stand in the file. */
  private static List<String> blocks(DatastoreConfig config) {
    String text = new String(config.format(), StandardCharsets.UTF_8);
    return text.isBlank() ? List.of() : List.of(text.substring(0, text.length() - 1).split("\n\n"));
  }

  @Property
  void sectionsThatAreWritten_areReadAsTheSame(@ForAll("sections") List<DatastoreSection> sections)
      throws ConfigParseException {
    DatastoreConfig written = config(sections);
    DatastoreConfig read = DatastoreConfig.parse("f", written.format(), null);
    assertEquals(written.sections(), read.sections());
    assertArrayEquals(written.format(), read.format());
  }

  @Property
  void anyReadableText_writtenAndReadAgain_saysTheSame(@ForAll("texts") String text)
      throws ConfigParseException {
    DatastoreConfig first = parse(text, null);
    DatastoreConfig second = DatastoreConfig.parse("f", first.format(), first);
    DatastoreConfig third = DatastoreConfig.parse("f", second.format(), null);
    assertEquals(first.sections(), second.sections());
    assertEquals(first.sections(), third.sections());
    assertArrayEquals(first.format(), third.format());
  }

  @Property
  void anyReadableText_readAfterAnother_saysTheSameAsWithoutIt(
      @ForAll("texts") String text, @ForAll("texts") String before) throws ConfigParseException {
    DatastoreConfig previous = parse(before, null);
    assertEquals(parse(text, null).sections(), parse(text, previous).sections());
    assertEquals(
        parse(before + "\n" + text, null).sections(),
        parse(before + "\n" + text, previous).sections());
  }

  /** Whatever a manual edit makes of it, also what is no text. */
  @Property
  @Tag("INV-2")
  @Tag("kills:digest-of-the-decoded-text")
  @Tag("kills:section-known-by-its-length")
  void anyByteChanged_isReadAsByAProcessThatKnewNothing(
      @ForAll("texts") String text, @ForAll @IntRange(max = 1_000_000) int place, @ForAll byte by) {
    MemoryHost host = new MemoryHost(HeapWord::new, new AtomicLong()::incrementAndGet);
    byte[] bytes = ("\n" + text).getBytes(StandardCharsets.UTF_8);
    host.writeConfig(bytes);
    DatastoreRegistry knowing = open(host);
    ConfigView before = knowing.config();
    byte[] edited = bytes.clone();
    edited[place % bytes.length] ^= by == 0 ? 1 : by;
    host.writeConfig(edited);
    Object known = configOf(knowing);
    assertEquals(configOf(open(host)), known);
    assertNotEquals(before.digest(), known instanceof ConfigView now ? now.digest() : "", "INV-2");
  }

  private static DatastoreRegistry open(MemoryHost host) {
    return DatastoreRegistry.builder(host.process())
        .withoutWatcher()
        .ttl(Duration.ofNanos(1))
        .open();
  }

  /** The config, or why there is none. */
  private static Object configOf(DatastoreRegistry registry) {
    try {
      return registry.config();
    } catch (DatastoreException.ConfigInvalid e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Property
  void oneSectionChangedOrAdded_leavesTheBytesOfTheOthers(
      @ForAll("sections") List<DatastoreSection> sections,
      @ForAll("section") DatastoreSection changed) {
    DatastoreConfig before = config(sections);
    List<String> expected = new ArrayList<>(blocks(before));
    int place =
        before.sections().stream().map(DatastoreSection::name).toList().indexOf(changed.name());
    String written = blocks(DatastoreConfig.empty().with(changed)).get(0);
    if (place >= 0) {
      expected.set(place, written);
    } else {
      expected.add(written);
    }
    assertEquals(expected, blocks(before.with(changed)));
    expected.remove(written);
    assertEquals(expected, blocks(before.with(changed).without(changed.name())));
  }

  @Property
  void anyMaintenanceMessage_writtenAndRead_isShownAsItWas(@ForAll("messages") String message)
      throws ConfigParseException {
    DatastoreSection section =
        DatastoreSection.of("aaa", Map.of("path", "/x"))
            .withMaintenance(MaintenanceMode.OFFLINE, message);
    byte[] file = DatastoreConfig.empty().with(section).format();
    DatastoreSection read = DatastoreConfig.parse("f", file, null).sections().get(0);
    assertEquals(MaintenanceMode.OFFLINE, read.maintenanceMode());
    assertEquals(message, read.maintenanceMessage());
    assertEquals("offline maintenance mode: " + message, read.refusalMessage());
  }

  @Property
  void anyName_isSafeExactlyIfThePatternSaysSo(@ForAll("nearlyNames") String name) {
    assertEquals(SAFE_ID.matcher(name).matches(), SafeId.isValid(name));
  }

  @Provide
  Arbitrary<List<DatastoreSection>> sections() {
    return ConfigTexts.sections().list().ofMaxSize(5);
  }

  @Provide
  Arbitrary<DatastoreSection> section() {
    return ConfigTexts.sections();
  }

  @Provide
  Arbitrary<String> texts() {
    return ConfigTexts.texts();
  }

  /** A percent sign takes three of the 64 characters that there are. */
  @Provide
  Arbitrary<String> messages() {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .withChars('%', '"', '\\', 'é')
        .ofMaxLength(20);
  }

  @Provide
  Arbitrary<String> nearlyNames() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withCharRange('0', '9')
        .withChars("AZ_.-/ \u0430\n")
        .ofMaxLength(34);
  }
}
