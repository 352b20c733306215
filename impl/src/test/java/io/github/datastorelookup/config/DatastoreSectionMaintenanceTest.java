package io.github.datastorelookup.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class DatastoreSectionMaintenanceTest {
  private static final DatastoreSection PLAIN = DatastoreSection.of("store1", Map.of("path", "/x"));

  private static DatastoreSection raw(String maintenance) {
    return PLAIN.withProperty("maintenance-mode", maintenance);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE", "UNKNOWN"})
  void withMaintenance_ofAKnownMode_isReadBack(MaintenanceMode mode) {
    DatastoreSection section = PLAIN.withMaintenance(mode, null);
    assertEquals(mode.key(), section.property("maintenance-mode"));
    assertEquals(mode, section.maintenanceMode());
    assertNull(section.maintenanceMessage());
    assertEquals("m", PLAIN.withMaintenance(mode, "m").maintenanceMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "disk swap, soon", "a \"q\" \\ b", "100%", "%41", "é\u00A0", " x ", "a=b"})
  void withMaintenance_ofAnyMessage_showsThatMessageAfterAFileRoundTrip(String message)
      throws Exception {
    DatastoreSection section = PLAIN.withMaintenance(MaintenanceMode.OFFLINE, message);
    byte[] file = DatastoreConfig.empty().with(section).format();
    DatastoreSection read = DatastoreConfig.parse("f", file, null).sections().get(0);
    assertEquals(section, read);
    assertEquals(message, read.maintenanceMessage());
    assertEquals("offline maintenance mode: " + message, read.refusalMessage());
  }

  @Test
  void withMaintenance_none_removesTheProperty() {
    assertEquals(PLAIN, raw("offline").withMaintenance(MaintenanceMode.NONE, "ignored"));
    assertSame(PLAIN, PLAIN.withMaintenance(MaintenanceMode.NONE, null));
  }

  @Test
  void withMaintenance_unknown_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> PLAIN.withMaintenance(MaintenanceMode.UNKNOWN, null));
  }

  @Test
  void withMaintenance_ofATooLongOrMultilineMessage_isRefused() {
    PLAIN.withMaintenance(MaintenanceMode.OFFLINE, "m".repeat(64));
    for (String message : new String[] {"m".repeat(65), "%".repeat(22), "a\nb", "a\u0007"}) {
      assertThrows(
          InvalidPropertyException.class,
          () -> PLAIN.withMaintenance(MaintenanceMode.OFFLINE, message));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nope", ",", "type=", "\"\"", "Offline", "none,message=hi", "\"\\noffline\""})
  void maintenanceMode_ofAnUnknownType_isUnknownAndTellsTheRawValue(String value) {
    assertEquals(MaintenanceMode.UNKNOWN, raw(value).maintenanceMode());
    assertEquals("unknown maintenance mode '" + value + "'", raw(value).refusalMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a%20b|a b",
        "%c3%A9|é",
        "%ff|``",
        "a%ffb|``",
        "100%|100%",
        "%4|%4",
        "%zz|%zz",
        "%%41|%A",
        "%e2%82|``",
        "%+1|%+1",
        "ü%41|üA",
        "%4é|%4é"
      })
  void maintenanceMessage_ofAPercentEncodedMessage_isDecoded(String encoded, String shown) {
    assertEquals(shown, raw("read-only,message=" + encoded).maintenanceMessage());
  }

  @Test
  void refusalMessage_ofAModeWithAFixedText_leavesTheMessageOut() {
    assertEquals("", PLAIN.refusalMessage());
    assertEquals("datastore is being deleted", raw("delete,message=m").refusalMessage());
    assertEquals("datastore is being unmounted", raw("unmount,message=m").refusalMessage());
    assertEquals("S3 refresh maintenance mode: m", raw("s3-refresh,message=m").refusalMessage());
  }
}
