package io.github.datastorelookup.specimens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.Locks.LockFile;
import io.github.datastorelookup.port.MountTable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The flaws that one thread can show; each by its id of {@code docs/specimens.md}. */
@Tag("runner")
final class SpecimenFlawsTest {
  private static final String DEVICE = "0f8e6ff2-3bb0-4b29-9bf9-c0b23a8e6d0a";

  private final Machine machine = new Machine();

  @ParameterizedTest
  @EnumSource
  void p1_dropWithoutAnOwnEntry_countsAnOperationThatNobodyEnds(SpecimenKind kind) {
    MemoryProcess process = machine.process();
    Specimen specimen = machine.specimen(kind, process);
    DatastoreHandle reader = specimen.lookup("aaa", Operation.READ);
    new MemoryOperationFiles(machine.disk, process, process.ports())
        .replace("aaa", "[]".getBytes(UTF_8));
    reader.close();
    assertEquals(new ActiveOperations(1, 0), specimen.activeOperations("aaa"));
  }

  @ParameterizedTest
  @EnumSource
  void p3_dropOfALookup_closesWhatAnotherOneUses(SpecimenKind kind) {
    Specimen specimen = machine.specimen(kind);
    specimen.setMode("aaa", MaintenanceMode.OFFLINE, null);
    try (DatastoreHandle first = specimen.lookup("aaa", Operation.LOOKUP)) {
      specimen.lookup("aaa", Operation.LOOKUP).close();
      try (DatastoreHandle second = specimen.lookup("aaa", Operation.LOOKUP)) {
        assertEquals(first.chunkStore().identity(), second.chunkStore().identity());
        assertEquals(2, machine.open());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void p4_modeChanged_inDelete_isRefusedAndClosesNothing(SpecimenKind kind) {
    Specimen specimen = machine.specimen(kind);
    specimen.lookup("aaa", Operation.READ).close();
    specimen.setMode("aaa", MaintenanceMode.DELETE, null);
    assertThrows(SpecimenException.class, () -> specimen.modeChanged("aaa"));
    assertEquals(1, machine.open());
  }

  @ParameterizedTest
  @EnumSource
  void p7_pathThatChanged_isIgnoredWhileTheFilesAreOpen(SpecimenKind kind) {
    Specimen specimen = machine.specimen(kind);
    specimen.lookup("aaa", Operation.WRITE).close();
    machine.host.files().create("/c");
    machine.editByHand("path /a", "path /c");
    specimen.setMode("bbb", MaintenanceMode.READ_ONLY, null); // wakes all
    try (DatastoreHandle writer = specimen.lookup("aaa", Operation.WRITE)) {
      assertEquals("/c", writer.section().absolutePath());
      assertEquals("/a", writer.chunkStore().path());
    }
  }

  @ParameterizedTest
  @EnumSource
  void p8_removeUnused_closesWhatHasNoSection(SpecimenKind kind) {
    Specimen specimen = machine.specimen(kind);
    specimen.lookup("aaa", Operation.READ).close();
    specimen.lookup("bbb", Operation.READ).close();
    specimen.save(config -> config.without("aaa"));
    specimen.removeUnused();
    assertEquals("/b", machine.host.files().open().get(0).path());
    assertEquals(1, machine.open());
  }

  @ParameterizedTest
  @EnumSource
  void p13_deviceThatIsAwayForAMoment_isOpenedTwice(SpecimenKind kind) {
    String path = "/mnt/datastore/usb";
    machine.host.files().create(path);
    machine.host.writeConfig(
        ("datastore: usb\n\tbacking-device " + DEVICE + "\n\tpath x\n").getBytes(UTF_8));
    machine.host.mount(DEVICE, path, MountTable.Status.MOUNTED);
    Specimen specimen = machine.specimen(kind);
    try (DatastoreHandle first = specimen.lookup("usb", Operation.WRITE)) {
      machine.host.mount(DEVICE, path, MountTable.Status.NOT_MOUNTED);
      var refused =
          assertThrows(SpecimenException.class, () -> specimen.lookup("usb", Operation.WRITE));
      assertEquals("datastore 'usb' is not mounted", refused.getMessage());
      machine.host.mount(DEVICE, path, MountTable.Status.MOUNTED);
      try (DatastoreHandle second = specimen.lookup("usb", Operation.WRITE)) {
        assertEquals(first.chunkStore().identity(), second.chunkStore().identity());
        assertEquals(2, machine.open());
      }
    }
    assertEquals(1, machine.open(), "the second is still in the map");
  }

  @ParameterizedTest
  @EnumSource
  void p14_lookupThatCannotBeCounted_leavesItsFilesOpen(SpecimenKind kind) {
    MemoryProcess process = machine.process();
    FullDisk disk = new FullDisk(new MemoryOperationFiles(machine.disk, process, process.ports()));
    Specimen specimen = kind.create(new Surroundings(process.ports(), disk, () -> 0));
    assertThrows(SpecimenException.class, () -> specimen.lookup("aaa", Operation.READ));
    assertEquals(1, machine.open());
    disk.full = false;
    DatastoreHandle reader = specimen.lookup("aaa", Operation.READ);
    disk.full = true;
    DatastoreHandle uncounted = reader.duplicate();
    assertEquals(new ActiveOperations(1, 0), specimen.activeOperations("aaa"));
    uncounted.close();
    reader.close();
    assertEquals(new ActiveOperations(1, 0), specimen.activeOperations("aaa"));
  }

  @ParameterizedTest
  @EnumSource
  void p16_modeThatNobodyKnows_admitsWriters(SpecimenKind kind) {
    machine.editByHand("\tpath /a", "\tmaintenance-mode ofline\n\tpath /a");
    machine.specimen(kind).lookup("aaa", Operation.WRITE).close();
  }

  /** Replacing fails while it is full. */
  private static final class FullDisk implements OperationFiles {
    private final OperationFiles files;
    private boolean full = true;

    FullDisk(OperationFiles files) {
      this.files = files;
    }

    @Override
    public LockFile lock(String name) {
      return files.lock(name);
    }

    @Override
    public byte @Nullable [] read(String name) throws IOException {
      return files.read(name);
    }

    @Override
    public void replace(String name, byte[] content) throws IOException {
      if (full) {
        throw new IOException("no space left on device");
      }
      files.replace(name, content);
    }

    @Override
    public long pid() {
      return files.pid();
    }

    @Override
    public long startTime(long pid) {
      return files.startTime(pid);
    }
  }

  /**
   * Right in PBS, and part of the comparison: the process that notices an edit tells the others.
   */
  @Test
  void editByHand_noticedByOneProcess_isSeenByTheOthersInPbs423() {
    Specimen one = machine.specimen(SpecimenKind.PBS_4_2_3);
    one.lookup("aaa", Operation.READ).close();
    machine.wallClock.addAndGet(30);
    Specimen two = machine.specimen(SpecimenKind.PBS_4_2_3);
    two.lookup("aaa", Operation.READ).close();
    machine.editByHand("first", "second");
    machine.wallClock.addAndGet(30);
    one.lookup("aaa", Operation.READ).close(); // its copy is 60 s old
    try (DatastoreHandle handle = two.lookup("bbb", Operation.READ)) {
      assertEquals("second", handle.section().property("comment"));
    }
  }
}
