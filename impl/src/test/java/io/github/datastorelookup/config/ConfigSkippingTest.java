package io.github.datastorelookup.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Texts that did not change are not read again. The section of the earlier file, a marker, says
 * something else than its text: whoever gets the marker did not read.
 */
class ConfigSkippingTest {
  private static DatastoreConfig parse(String text, @Nullable DatastoreConfig previous)
      throws ConfigParseException {
    return DatastoreConfig.parse("f", text.getBytes(StandardCharsets.UTF_8), previous);
  }

  private static String section(int i) {
    return "datastore: store" + i + "\n\tcomment é\n\tpath /p" + i + "\n\n";
  }

  private static String file(int sections) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sections; i++) {
      text.append(section(i));
    }
    return text.toString();
  }

  /** What was read from {@code text}, with markers for the sections at these places. */
  private static DatastoreConfig marked(String text, int... places) throws ConfigParseException {
    DatastoreConfig read = parse(text, null);
    List<DatastoreSection> sections = new ArrayList<>(read.sections());
    for (int place : places) {
      sections.set(place, sections.get(place).withProperty("path", "/marker"));
    }
    return new DatastoreConfig(sections, read.texts());
  }

  private static void skips(String name, String text, DatastoreConfig previous)
      throws ConfigParseException {
    assertSame(previous.find(name), parse(text, previous).find(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "datastore: aaa\n\tpath /x\n",
        "datastore: aaa\n\tpath /x\n\n",
        "datastore: aaa\n\tpath /x\n \t\r",
        "\n \ndatastore: aaa\n\tpath /x\n \t\n\ndatastore: bbb\n\tpath /y\n",
        "datastore: new\n\tpath /y\n\ndatastore: aaa\n\tpath /x\n"
      })
  void parse_ofAnUnchangedText_doesNotReadItAgain(String text) throws Exception {
    skips("aaa", text, marked("datastore: aaa\n\tpath /x\n", 0));
  }

  @Test
  void parse_ofAnUnchangedTextWithoutALastLineFeed_doesNotReadItAgain() throws Exception {
    String text = "datastore: aaa\n\tpath /x";
    skips("aaa", text, marked(text, 0));
    skips("aaa", "datastore: new\n\tpath /y\n\n" + text, marked(text, 0));
  }

  @Test
  void parse_ofTwoUnchangedTextsInARow_readsNeitherAgain() throws Exception {
    DatastoreConfig previous = marked(file(2), 0, 1);
    assertEquals(previous.sections(), parse(file(2), previous).sections());
  }

  @Test
  void parse_ofTheTextBehindAnEdit_doesNotReadItAgain() throws Exception {
    DatastoreConfig previous = marked(file(3), 2);
    skips("store2", file(3).replace("/p1\n", "/changed\n"), previous);
    skips("store2", section(1) + section(2), previous);
    String inserted = section(0) + section(1) + section(7) + section(2);
    skips("store2", inserted, previous);
    skips("store1", file(2).replace("/p0\n", "/changed\n"), marked(file(2), 1));
  }

  /** More sections than are expected of a file that is read for the first time. */
  @Test
  void parse_ofManySectionsAndARepetitionOfTheFirst_readsNoneOfTheOthersAgain() throws Exception {
    String text = file(40) + "datastore: store0\n\tpath /again\n\n" + section(40);
    DatastoreConfig read = parse(text, null);
    assertEquals(41, read.sections().size());
    assertEquals("/again", read.sections().get(0).absolutePath());
    assertEquals("/p40", read.sections().get(40).absolutePath());
    for (int place : new int[] {1, 15, 16, 39}) {
      skips("store" + place, text, marked(text, place));
    }
    assertEquals(read.sections(), parse(text, read).sections());
  }

  @Test
  void parse_ofAFaultBehindTextsThatItDidNotRead_countsTheirLines() throws Exception {
    DatastoreConfig previous = marked(file(5), 0, 1, 2, 3, 4);
    ConfigParseException e =
        assertThrows(ConfigParseException.class, () -> parse(file(5) + "oops\n", previous));
    assertEquals(21, e.line());
  }
}
