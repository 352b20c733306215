package io.github.datastorelookup.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreException.ConfigUnavailable;
import io.github.datastorelookup.DatastoreException.GenerationUnavailable;
import io.github.datastorelookup.DatastoreException.LedgerUnavailable;
import io.github.datastorelookup.DatastoreException.LockUnavailable;
import io.github.datastorelookup.DatastoreException.OpenFailed;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.posix.MemoryTempDir;
import io.github.datastorelookup.posix.PosixPorts;
import io.github.datastorelookup.posix.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** File systems without room: a tmpfs of a few pages or inodes, mounted by the test. */
@Timeout(60)
class FullDiskTest {
  private final Path directory;
  private final Home home;

  FullDiskTest(@TempDir(factory = MemoryTempDir.class) Path directory) throws IOException {
    this.directory = directory;
    this.home = new Home(Files.createDirectory(directory.resolve("home")));
  }

  private Ports runningOn(Path run) {
    return PosixPorts.of(home.config(), run, true);
  }

  @Test
  void open_noRoomForTheLedger_isRefusedUntilThereIsRoom() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory, 128)) {
      Path fill = Files.write(disk.path().resolve("fill"), new byte[100 * 1024]);
      for (int i = 0; i < 2; i++) {
        Home.refused(
            LedgerUnavailable.class, () -> Home.open(runningOn(disk.path())), "No space left");
        assertEquals(List.of("config-versions", "fill"), names(disk.path()));
      }
      Files.delete(fill);
      try (DatastoreRegistry registry = Home.open(runningOn(disk.path()))) {
        registry.lookup("store1", Operation.READ).close();
      }
    }
  }

  @Test
  void open_noRoomForTheGenerationPage_isRefused() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory, 4)) {
      Files.write(disk.path().resolve("fill"), new byte[4096]);
      Home.refused(
          GenerationUnavailable.class,
          () -> Home.open(runningOn(disk.path())),
          disk.path().resolve("config-versions"),
          "No space left");
      assertEquals(List.of("fill"), names(disk.path()));
    }
  }

  @Test
  void open_noInodeForTheLedger_isRefused() throws Exception {
    try (SmallDisk disk = SmallDisk.mountWithInodes(directory, 8)) {
      // Made elsewhere: a ledger that was here would keep its inode until its map is garbage.
      Home.open(runningOn(directory.resolve("elsewhere"))).close();
      Path page = directory.resolve("elsewhere/config-versions");
      Files.copy(page, disk.path().resolve("config-versions"), StandardCopyOption.COPY_ATTRIBUTES);
      takeAllInodes(disk.path());
      List<String> before = names(disk.path());
      Home.refused(
          LedgerUnavailable.class,
          () -> Home.open(runningOn(disk.path())),
          disk.path(),
          "No space");
      assertEquals(before, names(disk.path()));
      for (int i = 0; i < 4; i++) { // for the ledger, and a directory, a file and a link
        Files.delete(disk.path().resolve("fill" + i));
      }
      Home.open(runningOn(disk.path())).close();
    }
  }

  /** The first segment has room for 1023 datastores. */
  @Test
  void lookup_noRoomForTheThousandthAndTwentyFourthEntry_isRefusedAndOthersGoOn() throws Exception {
    StringBuilder config = new StringBuilder();
    Path shared = Files.createDirectory(directory.resolve("stores"));
    for (int i = 0; i < 1024; i++) {
      Path store = Files.createDirectory(shared.resolve("many" + i));
      Files.createFile(store.resolve(".lock"));
      config.append("datastore: many").append(i).append("\n\tpath ").append(store).append("\n\n");
    }
    home.write(config.toString());
    try (SmallDisk disk = SmallDisk.mount(directory, 160)) {
      Path fill = Files.write(disk.path().resolve("fill"), new byte[60 * 1024]);
      try (DatastoreRegistry registry =
          Home.builder(runningOn(disk.path())).ttl(Duration.ofHours(1)).open()) {
        for (int i = 0; i < 1023; i++) {
          registry.lookup("many" + i, Operation.READ).close();
        }
        for (Operation operation : List.of(Operation.READ, Operation.WRITE)) {
          Home.refused(
              LedgerUnavailable.class,
              () -> registry.lookup("many1023", operation),
              disk.path(),
              "No space left");
        }
        registry.lookup("many1023", Operation.LOOKUP).close();
        registry.lookup("many1022", Operation.WRITE).close();
        assertEquals(new ActiveOperations(0, 0), registry.activeOperations("many1023"));
        Files.delete(fill);
        try (DatastoreHandle last = registry.lookup("many1023", Operation.WRITE)) {
          assertEquals(new ActiveOperations(0, 1), registry.activeOperations(last.name()));
        }
      }
    }
  }

  @Test
  void save_noRoomForTheConfig_isRefusedAndTheOldTextStays() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory, 64)) {
      Home small = new Home(disk.path());
      try (DatastoreRegistry registry =
          Home.open(PosixPorts.of(small.config(), home.run(), true))) {
        DatastoreHandle running = registry.lookup("store1", Operation.WRITE);
        Path fill = fill(disk.path());
        var before = small.tree();
        String text = Files.readString(small.config());
        Home.refused(
            ConfigUnavailable.class,
            () -> registry.update("store1", Map.of("comment", "x".repeat(100)), List.of()),
            small.config(),
            "No space left");
        assertEquals(before, small.tree());
        assertEquals(text, Files.readString(small.config()));
        registry.lookup("store2", Operation.READ).close();
        running.close();
        Files.delete(fill);
        registry.update("store1", Map.of("comment", "there is room"), List.of());
      }
    }
  }

  @Test
  void everything_noInodes_isRefusedAndNothingIsLeft() throws Exception {
    try (SmallDisk disk = SmallDisk.mountWithInodes(directory, 9)) {
      // The root, two directories and locks, the config: six. One is for the file that names the
      // run
      // directory; making it takes three for a moment: a directory, a file, and a link.
      Home small = new Home(disk.path());
      try (DatastoreRegistry registry =
          Home.open(PosixPorts.of(small.config(), home.run(), true))) {
        var before = small.tree();
        Home.refused(
            LockUnavailable.class,
            () -> registry.lookup("store1", Operation.READ),
            disk.path().resolve(".datastore.lck"),
            "No space left");
        assertEquals(before, small.tree());
        Files.delete(small.store("store2").resolve(".lock"));
        Files.delete(small.store("store2"));
        registry.lookup("store1", Operation.READ).close(); // its lock file has one of the four now
        takeAllInodes(disk.path());
        Home.refused(
            ConfigUnavailable.class,
            () -> registry.update("store1", Map.of("comment", "x"), List.of()),
            small.config(),
            "No space left");
        Path path = disk.path().resolve("store3");
        Home.refused(
            OpenFailed.class,
            () -> registry.create(DatastoreSection.of("store3", Map.of("path", path.toString()))),
            path,
            "No space left");
        registry.lookup("store1", Operation.WRITE).close();
        assertEquals(new ActiveOperations(0, 0), registry.activeOperations("store1"));
      }
    }
  }

  private static void takeAllInodes(Path disk) {
    for (int i = 0; i < 8; i++) {
      try {
        Files.createFile(disk.resolve("fill" + i));
      } catch (IOException e) {
        return;
      }
    }
    throw new IllegalStateException("inodes without end");
  }

  /** Writes until there is no room. */
  private static Path fill(Path disk) throws IOException {
    Path fill = disk.resolve("fill");
    for (int kibibytes = 64; kibibytes > 0; kibibytes -= 4) {
      try {
        return Files.write(fill, new byte[kibibytes * 1024]);
      } catch (IOException e) {
        Files.deleteIfExists(fill);
      }
    }
    throw new IllegalStateException("no room from the start");
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(each -> String.valueOf(each.getFileName())).sorted().toList();
    }
  }
}
