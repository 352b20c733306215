package io.github.datastorelookup.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatastoreSectionTest {
  private static final DatastoreSection PLAIN = section(Map.of("path", "/x"));

  private static DatastoreSection section(Map<String, String> properties) {
    return DatastoreSection.of("store1", properties);
  }

  private static InvalidPropertyException fault(String key, String value) {
    return assertThrows(
        InvalidPropertyException.class,
        () -> section(Map.of("path", "/x")).withProperty(key, value));
  }

  @Test
  void of_whenPropertiesComeInAnyOrder_sortsThemAndWritesThemNormalized() {
    DatastoreSection section =
        section(Map.of("verify-new", "YES", "path", "/x", "keep-last", "+007", "name", "store1"));
    assertEquals(
        List.of("keep-last", "path", "verify-new"), List.copyOf(section.properties().keySet()));
    assertEquals("7", section.property("keep-last"));
    assertEquals("true", section.property("verify-new"));
    assertNull(section.property("name"));
    assertThrows(UnsupportedOperationException.class, () -> section.properties().clear());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nope|x|unknown property",
        "Path|/x|unknown property",
        "path|``|value must be at least 1 characters long",
        "name|store2|differs from the name of the section",
        "keep-last|0|value must have a minimum value of 1 (got 0)",
        "keep-last|٣|invalid digit found in string",
        "keep-last|+|invalid digit found in string",
        "keep-last|``|cannot parse integer from empty string",
        "keep-last|9223372036854775808|number too large to fit in target type",
        "keep-last|-9223372036854775809|number too small to fit in target type",
        "verify-new|yeſ|Unable to parse boolean option.",
        "gc-schedule|da\"ly|unable to parse calendar event",
        "backend|type=\"s3|unexpected end of string",
        "maintenance-mode|``|parameter verification failed - 'type': property is missing and it is not optional"
      })
  void of_whenAPropertyBreaksItsRule_namesDatastorePropertyAndReason(
      String key, String value, String reason) {
    InvalidPropertyException e = fault(key, value);
    assertEquals("store1", e.datastore());
    assertEquals(key, e.property());
    assertEquals(reason, e.reason());
    assertEquals("datastore='store1' property='" + key + "': " + reason, e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x\n\tcomment y", " /x", "/x ", "/x\t", "\u00A0/x", "/x\uD800"})
  void of_whenAValueWouldNotSurviveWriting_isRefused(String path) {
    assertEquals("path", fault("path", path).property());
  }

  @Test
  void of_whenPathIsMissingOrTheNameIsUnsafe_isRefused() {
    assertEquals(
        "path", assertThrows(InvalidPropertyException.class, () -> section(Map.of())).property());
    assertEquals(
        "name",
        assertThrows(
                InvalidPropertyException.class,
                () -> DatastoreSection.of("../x", Map.of("path", "/x")))
            .property());
    assertThrows(InvalidPropertyException.class, () -> PLAIN.withoutProperty("path"));
  }

  @Test
  void of_whenLengthsAreAtTheirBounds_countsCharactersNotUtf16Units() {
    String smiley = "\uD83D\uDE00";
    assertEquals(
        smiley.repeat(128), PLAIN.withProperty("comment", smiley.repeat(128)).property("comment"));
    fault("comment", smiley.repeat(129));
    PLAIN.withProperty("path", smiley.repeat(4096));
    fault("path", smiley.repeat(4097));
  }

  @Test
  void absolutePath_whenRemovable_isBelowTheMountRoot() {
    String uuid = "0f3d4c5e-1234-4abc-9def-0123456789ab";
    DatastoreSection removable = PLAIN.withProperty("backing-device", uuid);
    assertFalse(PLAIN.removable());
    assertNull(PLAIN.backingDevice());
    assertEquals("/x", PLAIN.absolutePath());
    assertTrue(removable.removable());
    assertEquals(uuid, removable.backingDevice());
    assertEquals("/mnt/datastore/store1", removable.absolutePath());
  }

  @Test
  void equals_ofWhatIsNoSection_isFalse() {
    assertNotEquals(PLAIN, (Object) "datastore store1 {path=/x}");
    assertNotEquals(PLAIN, (Object) null);
  }

  @Test
  void hashCode_ofSectionsThatDifferInNameOrPath_hardlyEverRecurs() {
    Set<Integer> byName = new HashSet<>();
    Set<Integer> byPath = new HashSet<>();
    for (int i = 100; i < 200; i++) {
      byName.add(DatastoreSection.of("store" + i, Map.of("path", "/x")).hashCode());
      byPath.add(section(Map.of("path", "/x" + i)).hashCode());
    }
    assertTrue(byName.size() > 95, () -> "of 100 only " + byName.size());
    assertTrue(byPath.size() > 95, () -> "of 100 only " + byPath.size());
  }

  @Test
  void toString_always_tellsNameAndProperties() {
    assertEquals(
        "datastore store1 {comment=c, path=/x}", PLAIN.withProperty("comment", "c").toString());
  }

  @Test
  void withProperty_thenWithout_givesAnEqualSection() {
    DatastoreSection tuned = PLAIN.withProperty("tuning", "chunk-order=none");
    assertEquals("chunk-order=none", tuned.tuning());
    assertNotEquals(PLAIN, tuned);
    assertEquals(PLAIN, tuned.withoutProperty("tuning"));
    assertEquals(PLAIN.hashCode(), tuned.withoutProperty("tuning").hashCode());
    assertSame(PLAIN, PLAIN.withoutProperty("tuning"));
    assertNotEquals(PLAIN, DatastoreSection.of("store2", PLAIN.properties()));
  }
}
