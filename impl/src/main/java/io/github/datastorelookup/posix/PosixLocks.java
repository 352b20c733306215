package io.github.datastorelookup.posix;

import io.github.datastorelookup.config.SafeId;
import io.github.datastorelookup.port.Locks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The lock files: {@code .datastore.lck} beside {@code datastore.cfg}, and {@code locks/<name>.lck}
 * in the run directory.
 */
final class PosixLocks implements Locks {
  private final PosixLockFile config;
  private final Path maintenanceDirectory;
  private final SharedAccess access;
  private final ConcurrentMap<String, PosixLockFile> maintenance = new ConcurrentHashMap<>();
  private boolean closed;

  PosixLocks(Path configFile, Path runDirectory, SharedAccess access) {
    this.config = new PosixLockFile(configLock(configFile.toAbsolutePath()), null, access);
    this.maintenanceDirectory = maintenanceLocks(runDirectory.toAbsolutePath());
    this.access = access;
  }

  /** The directory of the maintenance locks. */
  static Path maintenanceLocks(Path runDirectory) {
    return runDirectory.resolve("locks");
  }

  /** The path of this config file's lock. */
  static Path configLock(Path configFile) {
    return SharedFiles.besideConfig(configFile, ".lck");
  }

  @Override
  public LockFile config() {
    return config;
  }

  @Override
  public synchronized LockFile maintenance(String name) {
    SafeId.check(name);
    if (closed && !maintenance.containsKey(name)) {
      return closedLockFile(name); // a new file would never be closed
    }
    return maintenance.computeIfAbsent(name, this::lockFile);
  }

  private PosixLockFile lockFile(String name) {
    return new PosixLockFile(
        maintenanceDirectory.resolve(name + ".lck"), maintenanceDirectory, access);
  }

  private PosixLockFile closedLockFile(String name) {
    PosixLockFile file = lockFile(name);
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("nothing was open", e);
    }
    return file;
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    List<PosixLockFile> all = new ArrayList<>(maintenance.values());
    all.add(config);
    @Nullable IOException failed = null;
    for (PosixLockFile file : all) {
      try {
        file.close();
      } catch (IOException e) {
        if (failed == null) {
          failed = e;
        } else {
          failed.addSuppressed(e);
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
  }
}
