package io.github.datastorelookup.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class MaintenanceModeTest {
  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE", "UNKNOWN"})
  void ofKey_ofAKnownKey_isItsMode(MaintenanceMode mode) {
    assertEquals(mode, MaintenanceMode.ofKey(mode.key()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "none", "Offline", "offline ", "readonly", "unknown"})
  void ofKey_ofAnyOtherKey_isUnknownAndNeverNone(String key) {
    assertEquals(MaintenanceMode.UNKNOWN, MaintenanceMode.ofKey(key));
  }

  /** The table of docs/protocol.md. */
  @ParameterizedTest
  @CsvSource({
    "NONE, '', true, true, true, false",
    "READ_ONLY, read-only, true, false, true, false",
    "OFFLINE, offline, false, false, true, true",
    "DELETE, delete, false, false, false, true",
    "UNMOUNT, unmount, false, false, true, true",
    "S3_REFRESH, s3-refresh, false, false, true, false",
    "UNKNOWN, '', false, false, true, false"
  })
  void eachMode_always_admitsAndClearsAsTheProtocolSays(
      MaintenanceMode mode,
      String key,
      boolean read,
      boolean write,
      boolean lookup,
      boolean clears) {
    assertEquals(key, mode.key());
    assertEquals(read, mode.admitsRead());
    assertEquals(write, mode.admitsWrite());
    assertEquals(lookup, mode.admitsLookup());
    assertEquals(clears, mode.clears());
  }

  @Test
  void unknown_always_failsClosed() {
    assertFalse(MaintenanceMode.UNKNOWN.admitsRead());
    assertFalse(MaintenanceMode.UNKNOWN.admitsWrite());
    assertFalse(MaintenanceMode.UNKNOWN.clears());
  }
}
