package io.github.datastorelookup.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DatastoreConfigTest {
  private static DatastoreSection store(String name, String path) {
    return DatastoreSection.of(name, Map.of("path", path));
  }

  private static DatastoreConfig parse(String text) throws ConfigParseException {
    return DatastoreConfig.parse("f", text.getBytes(StandardCharsets.UTF_8), null);
  }

  private static String text(DatastoreConfig config) {
    return new String(config.format(), StandardCharsets.UTF_8);
  }

  @Test
  void empty_always_hasNothingAndIsWrittenAsNothing() {
    assertEquals(List.of(), DatastoreConfig.empty().sections());
    assertNull(DatastoreConfig.empty().find("store1"));
    assertEquals("\n", text(DatastoreConfig.empty()));
  }

  @Test
  void with_ofANewName_appends_andOfAKnownName_replacesInPlace() {
    DatastoreConfig two = DatastoreConfig.empty().with(store("bbb", "/b")).with(store("aaa", "/a"));
    DatastoreConfig changed = two.with(store("bbb", "/c"));
    assertEquals("datastore: bbb\n\tpath /b\n\ndatastore: aaa\n\tpath /a\n", text(two));
    assertEquals("datastore: bbb\n\tpath /c\n\ndatastore: aaa\n\tpath /a\n", text(changed));
    assertEquals(store("bbb", "/c"), changed.find("bbb"));
    assertEquals(store("bbb", "/b"), two.find("bbb"));
    assertSame(two.find("aaa"), changed.find("aaa"));
    assertThrows(UnsupportedOperationException.class, () -> two.sections().clear());
  }

  @Test
  void without_ofTheFirstOfThree_keepsTheOthersFindable() {
    DatastoreConfig three =
        DatastoreConfig.empty()
            .with(store("aaa", "/a"))
            .with(store("bbb", "/b"))
            .with(store("ccc", "/c"));
    DatastoreConfig two = three.without("aaa");
    assertNull(two.find("aaa"));
    assertSame(three.find("ccc"), two.find("ccc"));
    assertEquals(
        List.of("bbb", "ccc"), two.sections().stream().map(DatastoreSection::name).toList());
    assertEquals("/d", two.with(store("ccc", "/d")).sections().get(1).absolutePath());
    assertSame(two, two.without("aaa"));
    assertEquals(3, three.sections().size());
  }

  @Test
  void parse_afterFormat_keepsTheOrderAndEveryProperty() throws Exception {
    Map<String, String> all = new TreeMap<>();
    all.put("path", "/a b/é");
    all.put("comment", "#x  \"y\" \\ ;");
    all.put("gc-schedule", "mon..fri 02:30");
    all.put("prune-schedule", "*:0/5");
    all.put("counter-reset-schedule", "daily");
    for (String period : List.of("last", "hourly", "daily", "weekly", "monthly", "yearly")) {
      all.put("keep-" + period, "7");
    }
    all.put("verify-new", "false");
    all.put("gc-on-unmount", "true");
    all.put("notify-user", "root@pam");
    all.put("notify", "gc=always,verify=never");
    all.put("notification-mode", "notification-system");
    all.put("notification-thresholds", "s3-get=10");
    all.put("backend", "s3,client=abc,bucket=my-bucket,max-cache-size=10GiB");
    all.put("backing-device", "0f3d4c5e-1234-4abc-9def-0123456789ab");
    all.put("tuning", "chunk-order=none,gc-atime-safety-check=0,default-verification-workers=4");
    all.put("maintenance-mode", "offline,message=\"disk swap, soon\"");
    DatastoreConfig config =
        DatastoreConfig.empty().with(store("zzz", "/z")).with(DatastoreSection.of("aaa", all));
    DatastoreConfig read = DatastoreConfig.parse("f", config.format(), null);
    assertEquals(config.sections(), read.sections());
    assertEquals(all, read.sections().get(1).properties());
    assertArrayEquals(config.format(), read.format());
  }

  @Test
  @Tag("INV-10")
  @Tag("kills:first-of-two-sections-of-a-name")
  void parse_ofADuplicateName_takesTheLaterAtThePlaceOfTheFirst() throws Exception {
    DatastoreConfig config =
        parse("datastore: aaa\n path /1\n\ndatastore: bbb\n path /2\n\ndatastore: aaa\n path /3\n");
    assertEquals(List.of(store("aaa", "/3"), store("bbb", "/2")), config.sections());
    assertEquals(store("aaa", "/3"), config.find("aaa"));
  }

  @Test
  void parse_whenTheCallerReusesItsArray_isNotAffected() throws Exception {
    byte[] bytes = "datastore: aaa\n\tpath /1\n".getBytes(StandardCharsets.UTF_8);
    DatastoreConfig first = DatastoreConfig.parse("f", bytes, null);
    bytes[bytes.length - 2] = '2';
    assertEquals("/2", DatastoreConfig.parse("f", bytes, first).sections().get(0).absolutePath());
    assertEquals("/1", first.sections().get(0).absolutePath());
  }

  @Test
  void format_ofAControlCharacterThatReadingAccepts_isRefusedWithItsPlace() throws Exception {
    DatastoreConfig config = parse("datastore: aaa\n\tpath /a\u0000b\n");
    ConfigWriteException e = assertThrows(ConfigWriteException.class, config::format);
    assertEquals("aaa", e.datastore());
    assertEquals("path", e.property());
  }
}
