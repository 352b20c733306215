package io.github.datastorelookup.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  @Test
  void unknown_always_failsClosed() {
    assertFalse(MaintenanceMode.UNKNOWN.admitsRead());
    assertFalse(MaintenanceMode.UNKNOWN.admitsWrite());
    assertFalse(MaintenanceMode.UNKNOWN.clears());
  }
}
