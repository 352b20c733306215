package io.github.datastorelookup.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The power fails after each change of a file, on a disk that loses what was not synced. Whatever
 * is left, the config is that of before or that of afterwards, whole; what a save reported as done
 * stays; and the next process opens, looks up and saves.
 */
@Timeout(120)
@Tag("INV-12")
final class PowerFailureTest {
  private static final String NONE = "no config";

  private final Path directory;
  private final Path home;
  private final FaultyFiles files = new FaultyFiles();
  private int copies;

  PowerFailureTest(@TempDir(factory = MemoryTempDir.class) Path directory) throws IOException {
    this.directory = directory;
    this.home = Files.createDirectory(directory.resolve("home"));
    Files.createFile(Files.createDirectory(directory.resolve("store1")).resolve(".lock"));
  }

  private DatastoreSection section() {
    return DatastoreSection.of("store1", Map.of("path", directory.resolve("store1").toString()));
  }

  /** What is saved. */
  enum Save {
    FIRST,
    UPDATE,
    SET_MAINTENANCE,
    DESTROY_THE_LAST;

    void on(DatastoreRegistry registry, DatastoreSection section) {
      switch (this) {
        case FIRST -> registry.create(section);
        case UPDATE -> registry.update("store1", Map.of("comment", "new"), List.of());
        case SET_MAINTENANCE -> registry.setMaintenance("store1", MaintenanceMode.OFFLINE, "why");
        case DESTROY_THE_LAST ->
            registry.destroy("store1", Drain.atMost(Duration.ZERO), () -> null);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @Tag("kills:renamed-before-it-is-synced")
  @Tag("kills:rename-not-synced")
  void save_whenThePowerFails_leavesTheConfigOfBeforeOrOfAfterwards(Save save) throws IOException {
    Set<String> left = new LinkedHashSet<>();
    Set<String> wrong = new LinkedHashSet<>();
    try (DatastoreRegistry registry = files.open(home)) {
      if (save != Save.FIRST) {
        registry.create(section());
      }
      left.add(config(home));
      LossyDisk disk = watch(left, wrong);
      save.on(registry, section());
      files.onChange(change -> {});
      assertEquals(Set.of(), wrong);
      assertEquals(Set.of(config(home)), configs(disk.states()), "a save that returned stays");
    }
    for (String each : left) {
      opensAndSaves(copy(Map.of(home.resolve("datastore.cfg"), each)));
    }
  }

  /** Looks after each change whether anything is left that was not saved as a whole. */
  private LossyDisk watch(Set<String> saved, Set<String> wrong) throws IOException {
    LossyDisk disk = new LossyDisk(home);
    files.onChange(
        change -> {
          disk.apply(change);
          if (change.what().equals("rename")) {
            saved.add(config(home));
          }
          for (String left : configs(disk.states())) {
            if (!saved.contains(left)) {
              wrong.add("after " + change + ": " + left);
            }
          }
        });
    return disk;
  }

  /** Opening for the first time makes the page, the ledger, the locks and their directories. */
  @Test
  @Tag("kills:page-linked-before-it-is-synced")
  void open_whenThePowerFails_canBeRepeated() throws IOException {
    Files.writeString(
        home.resolve("datastore.cfg"), "datastore: store1\n\tpath " + section().absolutePath());
    LossyDisk disk = new LossyDisk(home);
    Set<Map<Path, String>> states = new HashSet<>();
    files.onChange(
        change -> {
          disk.apply(change);
          states.addAll(disk.states());
        });
    try (DatastoreRegistry registry = files.open(home)) {
      registry.lookup("store1", Operation.WRITE).close();
    }
    assertTrue(states.size() > 20, () -> "states: " + states.size());
    for (Map<Path, String> each : states) {
      opensAndSaves(copy(each));
    }
  }

  private static String config(Path home) {
    try {
      Path config = home.resolve("datastore.cfg");
      return Files.exists(config) ? Files.readString(config, StandardCharsets.ISO_8859_1) : NONE;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Set<String> configs(Set<Map<Path, String>> states) {
    return states.stream()
        .map(each -> each.getOrDefault(home.resolve("datastore.cfg"), NONE))
        .collect(Collectors.toSet());
  }

  /** The tree as real files, with the modes that they have. */
  private Path copy(Map<Path, String> tree) throws IOException {
    Path copy = Files.createDirectory(directory.resolve("copy" + copies++));
    for (Map.Entry<Path, String> each : tree.entrySet()) {
      String name = home.relativize(each.getKey()).toString();
      Path to =
          copy.resolve(name.replaceFirst("/\\d+-\\d+-", "/4194304-1-")); // a process of before
      if (each.getValue().equals(LossyDisk.DIRECTORY)) {
        Files.createDirectories(to);
      } else if (!each.getValue().equals(NONE)) {
        Files.writeString(to, each.getValue(), StandardCharsets.ISO_8859_1);
      }
      if (Files.exists(each.getKey()) && Files.exists(to)) {
        Object mode = Files.getAttribute(each.getKey(), "unix:mode", LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(to, "unix:mode", mode);
      }
    }
    return copy;
  }

  private void opensAndSaves(Path copy) {
    String config = config(copy);
    try (DatastoreRegistry registry = new FaultyFiles().open(copy)) {
      if (config.contains("maintenance-mode delete")) {
        Save.DESTROY_THE_LAST.on(registry, section());
      }
      if (!config.contains("store1") || config.contains("maintenance-mode delete")) {
        registry.create(section());
      } else if (config.contains("offline")) {
        registry.clearMaintenance("store1");
      }
      registry.update("store1", Map.of("comment", "again"), List.of());
      registry.lookup("store1", Operation.WRITE).close();
    } catch (RuntimeException e) {
      throw new AssertionError("INV-12: after a power failure left " + copy, e);
    }
  }
}
