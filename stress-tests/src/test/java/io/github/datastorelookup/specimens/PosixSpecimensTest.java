package io.github.datastorelookup.specimens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.posix.PosixPorts;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The specimens on real files. */
@Tag("runner")
final class PosixSpecimensTest {
  @TempDir private Path directory = Path.of(".");

  @ParameterizedTest
  @EnumSource
  void lookupAndDrop_onRealFiles_areCountedInTheJsonFile(SpecimenKind kind) throws Exception {
    Path store = Files.createDirectory(directory.resolve("store"));
    Files.createFile(store.resolve(".lock"));
    Path operations = Files.createDirectory(directory.resolve("active-operations"));
    Path config = directory.resolve("datastore.cfg");
    Files.writeString(config, "datastore: aaa\n\tpath " + store + "\n");
    Ports ports = PosixPorts.of(config, directory.resolve("run"), true);
    try {
      Specimen specimen =
          kind.create(
              new Surroundings(ports, new PosixOperationFiles(operations), WallClock.system()));
      DatastoreHandle reader = specimen.lookup("aaa", Operation.READ);
      long pid = ProcessHandle.current().pid();
      long start = new PosixOperationFiles(operations).startTime(pid);
      assertEquals(
          "[{\"pid\":"
              + pid
              + ",\"starttime\":"
              + start
              + ",\"active_operations\":{\"read\":1,\"write\":0}}]",
          Files.readString(operations.resolve("aaa")));
      try (var guard = reader.chunkStore().tryShared()) {
        assertNotNull(guard);
      }
      specimen.setMode("aaa", MaintenanceMode.OFFLINE, null);
      reader.close();
      assertEquals(new ActiveOperations(0, 0), specimen.activeOperations("aaa"));
    } finally {
      ports.locks().close();
    }
  }

  /** Ticks are hundredths of a second since the machine was started. */
  @Test
  void startTime_ofThisProcess_isWhenItStarted() throws Exception {
    long ticks = new PosixOperationFiles(directory).startTime(ProcessHandle.current().pid());
    double up = Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", -1)[0]);
    double age = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
    assertEquals(up - age, ticks / 100.0, 10);
  }

  @Test
  void operationFiles_ofNobody_areMissingAndOfNoProcess() throws Exception {
    PosixOperationFiles files = new PosixOperationFiles(directory);
    assertNull(files.read("aaa"));
    assertEquals(-1, files.startTime(Integer.MAX_VALUE));
  }
}
