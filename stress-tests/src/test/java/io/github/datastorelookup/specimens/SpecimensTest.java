package io.github.datastorelookup.specimens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all four specimens do alike. */
@Tag("runner")
final class SpecimensTest {
  private final Machine machine = new Machine();

  private static String refusal(Specimen specimen, String name, Operation operation) {
    return String.valueOf(
        assertThrows(SpecimenException.class, () -> specimen.lookup(name, operation)).getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void lookupAndDrop_areCountedForAllProcesses(SpecimenKind kind) {
    Specimen one = machine.specimen(kind);
    Specimen two = machine.specimen(kind);
    DatastoreHandle reader = one.lookup("aaa", Operation.READ);
    DatastoreHandle writer = one.lookup("aaa", Operation.WRITE);
    assertEquals(new ActiveOperations(1, 1), two.activeOperations("aaa"));
    reader.close();
    reader.close();
    assertEquals(new ActiveOperations(0, 1), two.activeOperations("aaa"));
    writer.close();
    assertEquals(new ActiveOperations(0, 0), two.activeOperations("aaa"));
    assertEquals(1, machine.open(), "no mode wants the files closed");
  }

  @ParameterizedTest
  @EnumSource
  void deadProcess_countsNothing(SpecimenKind kind) {
    var process = machine.process();
    DatastoreHandle unused = machine.specimen(kind, process).lookup("aaa", Operation.WRITE);
    Specimen other = machine.specimen(kind);
    assertEquals(new ActiveOperations(0, 1), other.activeOperations("aaa"));
    process.kill();
    assertEquals(new ActiveOperations(0, 0), other.activeOperations("aaa"));
  }

  @ParameterizedTest
  @EnumSource
  void mode_thatRefuses_isNamedInTheRefusal(SpecimenKind kind) {
    Specimen specimen = machine.specimen(kind);
    machine.specimen(kind).setMode("aaa", MaintenanceMode.READ_ONLY, "disk swap");
    specimen.lookup("aaa", Operation.READ).close();
    assertEquals(
        "datastore 'aaa' is unavailable: read-only maintenance mode: disk swap",
        refusal(specimen, "aaa", Operation.WRITE));
    assertEquals("no such datastore 'zzz'", refusal(specimen, "zzz", Operation.READ));
    assertEquals(new ActiveOperations(0, 0), specimen.activeOperations("aaa"));
  }

  @ParameterizedTest
  @EnumSource
  void lastDrop_inAClearingMode_closesTheFiles(SpecimenKind kind) {
    Specimen specimen = machine.specimen(kind);
    DatastoreHandle reader = specimen.lookup("aaa", Operation.READ);
    DatastoreHandle other = reader.duplicate();
    machine.specimen(kind).setMode("aaa", MaintenanceMode.OFFLINE, null);
    reader.close();
    assertEquals(1, machine.open());
    other.close();
    assertEquals(0, machine.open());
    assertThrows(IllegalStateException.class, other::chunkStore);
  }

  @ParameterizedTest
  @EnumSource
  void modeOfflineThroughTheApi_closesIdleFiles(SpecimenKind kind) {
    Specimen specimen = machine.specimen(kind);
    specimen.lookup("aaa", Operation.READ).close();
    specimen.setMode("aaa", MaintenanceMode.OFFLINE, null);
    assertEquals(1, machine.open());
    Machine.api(specimen).setMode("aaa", MaintenanceMode.OFFLINE, null);
    assertEquals(0, machine.open());
  }

  @ParameterizedTest
  @EnumSource
  void save_ofAnotherSection_rebuildsTheInstanceOnTheSameFiles(SpecimenKind kind) {
    Specimen specimen = machine.specimen(kind);
    try (DatastoreHandle before = specimen.lookup("aaa", Operation.READ)) {
      specimen.setMode("bbb", MaintenanceMode.OFFLINE, null);
      try (DatastoreHandle after = specimen.lookup("aaa", Operation.READ)) {
        assertSame(before.chunkStore(), after.chunkStore());
        assertNotSame(before.attributes(), after.attributes()); // P15
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void destroy_refusesWhileInUse_thenRemovesTheSection(SpecimenKind kind) {
    Specimen specimen = machine.specimen(kind);
    AtomicInteger removed = new AtomicInteger();
    DatastoreHandle reader = specimen.lookup("aaa", Operation.READ);
    PbsApi api = Machine.api(specimen);
    assertThrows(SpecimenException.class, () -> api.destroy("aaa", removed::incrementAndGet));
    reader.close();
    assertEquals(0, removed.get());
    api.destroy("aaa", removed::incrementAndGet);
    assertEquals(1, removed.get());
    assertEquals("no such datastore 'aaa'", refusal(specimen, "aaa", Operation.LOOKUP));
  }

  @ParameterizedTest
  @EnumSource
  void unmount_ofAnIdleDatastore_runsTheTaskAndEndsTheMode(SpecimenKind kind) {
    Specimen specimen = machine.specimen(kind);
    AtomicInteger unmounted = new AtomicInteger();
    Machine.api(specimen).maintain("aaa", MaintenanceMode.UNMOUNT, unmounted::incrementAndGet);
    assertEquals(1, unmounted.get());
    specimen.lookup("aaa", Operation.WRITE).close();
  }

  @ParameterizedTest
  @EnumSource
  void removeUnused_closesWhatHasNoSection(SpecimenKind kind) {
    Specimen specimen = machine.specimen(kind);
    specimen.lookup("aaa", Operation.READ).close();
    specimen.lookup("bbb", Operation.READ).close();
    specimen.save(config -> config.without("aaa"));
    specimen.removeUnused();
    assertEquals(1, machine.open());
    assertEquals("/b", machine.host.files().open().get(0).path());
  }

  @ParameterizedTest
  @EnumSource
  void withoutACounter_everyLookupReadsTheFile(SpecimenKind kind) {
    machine.host.hideGeneration(true);
    Specimen specimen = machine.specimen(kind);
    specimen.lookup("bbb", Operation.READ).close();
    machine.editByHand("first", "second");
    try (DatastoreHandle handle = specimen.lookup("bbb", Operation.READ)) {
      assertEquals("second", handle.section().property("comment"));
    }
  }
}
