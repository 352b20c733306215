package io.github.datastorelookup.benchmarks;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The directory of all files of a run, on a tmpfs if there is one. */
final class Tmpfs {
  /** The system property that tells the forks where it is. */
  static final String PROPERTY = "benchmarks.root";

  private static final Path SHM = Path.of("/dev/shm");
  private static final long OTHER_FILES = 500;

  private Tmpfs() {}

  /** Creates it, with the datastores that all forks use. */
  static Path create(int datastores) throws IOException {
    Path root =
        Files.isWritable(SHM)
            ? Files.createTempDirectory(SHM, "benchmarks")
            : Files.createTempDirectory("benchmarks");
    for (String name : Names.of(datastores)) {
      Path store = Files.createDirectories(store(root, name));
      Files.createFile(store.resolve(".lock"));
    }
    return root;
  }

  /** The directory that the parent named to this fork. */
  static Path root() {
    return Path.of(System.getProperty(PROPERTY, ""));
  }

  /** Where a datastore is. */
  static Path store(Path root, String name) {
    return root.resolve("stores").resolve(name);
  }

  /** Whether this process may have this many datastores open. */
  static boolean canOpen(int datastores) {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        && system.getMaxFileDescriptorCount() >= datastores + OTHER_FILES;
  }

  /** Deletes a directory and all in it. */
  static void delete(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(directory)) {
      all = new ArrayList<>(files.toList());
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      Files.deleteIfExists(all.get(i));
    }
  }
}
