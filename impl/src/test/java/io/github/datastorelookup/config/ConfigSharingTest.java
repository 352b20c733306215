package io.github.datastorelookup.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSharingTest {
  private static DatastoreConfig parse(String text, @Nullable DatastoreConfig previous)
      throws ConfigParseException {
    return DatastoreConfig.parse("f", text.getBytes(StandardCharsets.UTF_8), previous);
  }

  private static String file(int sections) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sections; i++) {
      text.append("datastore: store").append(i).append("\n\tcomment é\n\tpath /p").append(i);
      text.append("\n\n");
    }
    return text.toString();
  }

  @Test
  void parse_afterOneSectionChanged_sharesTheOthers() throws Exception {
    DatastoreConfig before = parse(file(100), null);
    DatastoreConfig after = parse(file(100).replace("/p50\n", "/changed\n"), before);
    for (int i = 0; i < 100; i++) {
      DatastoreSection section = after.sections().get(i);
      if (i == 50) {
        assertEquals("/changed", section.absolutePath());
      } else {
        assertSame(before.sections().get(i), section);
      }
    }
  }

  @Test
  void parse_afterSectionsMovedCameAndWent_sharesThoseThatStayed() throws Exception {
    DatastoreConfig before = parse(file(10), null);
    String added = "datastore: new1\n\tpath /n\n\n";
    String kept = file(10).substring(file(3).length());
    String moved = "datastore: store1\n\tcomment é\n\tpath /p1\n";
    DatastoreConfig after = parse(added + kept + moved, before);
    assertEquals(9, after.sections().size());
    for (DatastoreSection section : after.sections().subList(1, 9)) {
      assertSame(before.find(section.name()), section);
    }
  }

  @Test
  void parse_ofTextChangedInFormOnly_sharesTheSection() throws Exception {
    DatastoreConfig before = parse("datastore: aaa\n\tpath /x\n\tverify-new 1\n", null);
    DatastoreConfig after = parse("datastore:aaa\n verify-new yes\n path /x", before);
    assertSame(before.find("aaa"), after.find("aaa"));
  }

  @Test
  void parse_afterWith_sharesWithTheChangedConfig() throws Exception {
    DatastoreSection section = DatastoreSection.of("aaa", Map.of("path", "/x"));
    DatastoreConfig saved = parse(file(3), null).with(section);
    DatastoreConfig read = DatastoreConfig.parse("f", saved.format(), saved);
    for (int i = 0; i < 4; i++) {
      assertSame(saved.sections().get(i), read.sections().get(i));
    }
  }

  @Test
  void parse_afterOneOfTwoDuplicatesWentAway_readsTheOtherAsItStands() throws Exception {
    String first = "datastore: aaa\n\tpath /1\n";
    String second = "datastore: aaa\n\tpath /2\n";
    DatastoreConfig both = parse(first + "\n" + second, null);
    assertEquals("/1", parse(first, both).sections().get(0).absolutePath());
    assertSame(both.find("aaa"), parse(second, both).find("aaa"));
  }

  /** At the end of the text a CR is whitespace behind the key; before a LF it ends the line. */
  @Test
  void parse_whenALineFeedFollowsALastCarriageReturn_readsTheLineAgain() throws Exception {
    String text = "datastore: aaa\n\tpath /x\n\tcomment\r";
    DatastoreConfig previous = parse(text, null);
    assertEquals("", previous.sections().get(0).property("comment"));
    assertThrows(ConfigParseException.class, () -> parse(text + "\n", previous));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "datastore: aaa\n\tpath /x\n\tverify-new 1\n",
        "datastore: aaa\n\tpath /xy\n",
        "datastore: aaa\n\tpath /\n",
        "datastore: aaa\n\tpath /x\n \tverify-new 1\n"
      })
  void parse_ofATextThatGoesOnOrEndsElsewhere_readsIt(String text) throws Exception {
    DatastoreConfig previous = parse("datastore: aaa\n\tpath /x\n", null);
    DatastoreConfig after = parse(text, previous);
    assertNotSame(previous.find("aaa"), after.find("aaa"));
    assertEquals(parse(text, null).sections(), after.sections());
  }

  @Test
  void parse_ofAFaultBehindSharedSections_countsTheirLines() throws Exception {
    DatastoreConfig previous = parse(file(5), null);
    ConfigParseException e =
        assertThrows(ConfigParseException.class, () -> parse(file(5) + "oops\n", previous));
    assertEquals(21, e.line());
  }

  /** Any edit of any file reads the same, whether with the file before it at hand or without. */
  @Test
  @Tag("INV-1")
  @Tag("kills:section-kept-for-its-name")
  void parse_afterRandomEdits_isTheSameAsWithoutThePreviousFile() {
    List<String> fragments =
        List.of(
            "\n",
            "\r",
            "\r\n",
            " ",
            "\t",
            "\u00A0",
            "x",
            "é",
            "\n\n",
            "datastore: aaa\n",
            "datastore: bbb\n\tpath /x\n",
            "\tpath /x\n",
            "\tcomment\r",
            "\tverify-new 1\n");
    int read = 0;
    for (int seed = 0; seed < 8000; seed++) {
      Random random = new Random(seed);
      DatastoreConfig previous = null;
      String good = "datastore: aaa\n\tpath /1\n\ndatastore: bbb\n\tpath /2\n \n";
      String text = good;
      for (int edit = 0; edit < 10; edit++) {
        Outcome alone = outcome(text, null);
        Outcome withPrevious = outcome(text, previous);
        assertEquals(alone.verdict(), withPrevious.verdict(), "seed=" + seed + " text=" + text);
        if (withPrevious.config() != null) {
          read += previous == null ? 0 : 1;
          previous = withPrevious.config();
          good = text;
        }
        text = edited(good, random, fragments);
      }
    }
    assertTrue(read > 10_000, "most edits were faults, only this many compared: " + read);
  }

  private static String edited(String text, Random random, List<String> fragments) {
    int at = random.nextInt(text.length() + 1);
    if (random.nextBoolean()) {
      at = text.lastIndexOf('\n', at) + 1;
    }
    int end = random.nextInt(3) > 0 ? at : Math.min(text.length(), at + 1 + random.nextInt(20));
    String inserted = end > at ? "" : fragments.get(random.nextInt(fragments.size()));
    return text.substring(0, at) + inserted + text.substring(end);
  }

  private record Outcome(String verdict, @Nullable DatastoreConfig config) {}

  private static Outcome outcome(String text, @Nullable DatastoreConfig previous) {
    try {
      DatastoreConfig config = parse(text, previous);
      return new Outcome(config.sections().toString(), config);
    } catch (ConfigParseException e) {
      return new Outcome(e.line() + ": " + e.reason(), null);
    }
  }
}
