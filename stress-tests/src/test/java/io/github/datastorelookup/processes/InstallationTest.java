package io.github.datastorelookup.processes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The input of the processes is a file as real installations have it. */
@Tag("runner")
final class InstallationTest {
  @Test
  void file_hasEverythingThatInstallationsHave() throws Exception {
    DatastoreConfig config = Installation.asDelivered();
    assertTrue(config.sections().size() >= 8);
    Set<String> properties = new HashSet<>();
    config.sections().forEach(section -> properties.addAll(section.properties().keySet()));
    assertTrue(
        properties.containsAll(
            List.of(
                "backend",
                "backing-device",
                "comment",
                "gc-schedule",
                "keep-last",
                "maintenance-mode",
                "prune-schedule",
                "tuning")));
    assertEquals(
        EnumSet.of(MaintenanceMode.READ_ONLY, MaintenanceMode.OFFLINE),
        EnumSet.copyOf(Installation.standingModes(config).values()));
  }

  @Test
  void file_isInTheWrittenForm() throws Exception {
    String written = new String(Installation.asDelivered().format(), UTF_8);
    try (var in = Installation.class.getResourceAsStream("datastore.cfg")) {
      assertTrue(in != null);
      assertEquals(new String(in.readAllBytes(), UTF_8), written);
    }
  }

  @Test
  void below_movesPathsOnly() throws Exception {
    Path data = Path.of("/tmp/x");
    for (DatastoreSection section : Installation.below(data).sections()) {
      assertTrue(section.removable() || section.absolutePath().startsWith("/tmp/x/"));
    }
  }

  @Test
  void number_isTheOneThatWasWritten() {
    DatastoreSection section = DatastoreSection.of("abc", Map.of("path", "/a"));
    assertEquals(0, Installation.number(section));
    String once = Installation.numbered("Büro #", 12);
    assertEquals(12, Installation.number(section.withProperty("comment", once)));
    assertEquals("Büro #13", Installation.numbered(once, 13));
  }
}
