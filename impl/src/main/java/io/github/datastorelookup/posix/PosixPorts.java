package io.github.datastorelookup.posix;

import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.jvm.JvmTicker;
import io.github.datastorelookup.port.MountTable;
import io.github.datastorelookup.port.Ports;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/**
 * The entry point: ports on the files of a Linux system.
 *
 * <p>No other code of the JVM may open a ledger, a lock file or {@code .lock} of a datastore, not
 * even to read it: closing it drops the locks of this process on it. The watcher notices a lost
 * ledger lock within a period, and lookups are refused then. A lost lock on {@code .lock} goes
 * unnoticed.
 */
public final class PosixPorts {
  private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");
  private static final Path BY_UUID = Path.of("/dev/disk/by-uuid");

  private PosixPorts() {}

  /** As {@link #of(Path, Path, boolean, SharedAccess)}, with the defaults. */
  public static Ports of(Path configFile, Path runDirectory, boolean createGenerationPage) {
    return of(configFile, runDirectory, createGenerationPage, SharedAccess.defaults());
  }

  /**
   * Ports on these files, for one registry. Follows symbolic links, and creates nothing yet.
   * Missing directories are created when needed, except that of the config file, which must exist.
   *
   * @param configFile usually {@code datastore.cfg}; its lock file {@code .datastore.lck} is beside
   *     it
   * @param runDirectory for the generation page, the ledgers and the maintenance locks; on a local
   *     file system that is empty after a reboot, preferably a tmpfs
   * @param createGenerationPage whether to create a missing generation page
   * @param access owner, group and mode of created files; the same in all processes
   * @throws IllegalArgumentException when the path of the config file has no file name, as "" or
   *     "/"
   */
  public static Ports of(
      Path configFile, Path runDirectory, boolean createGenerationPage, SharedAccess access) {
    Objects.requireNonNull(configFile, "configFile");
    Objects.requireNonNull(runDirectory, "runDirectory");
    Objects.requireNonNull(access, "access");
    requireFileName(configFile);
    OwnerThread owner = new OwnerThread();
    JvmSync sync = new JvmSync();
    Path config = SharedFiles.real(configFile);
    Path run = SharedFiles.real(runDirectory);
    return new Ports(
        new PosixConfigFile(configFile, access, owner),
        new PosixLocks(config, run, access),
        new PosixGenerations(run, createGenerationPage, access, owner),
        new InstallationLedgers(
            new PosixLedgers(run, access, owner), config, run, access, owner, sync),
        new JvmTicker(),
        mountTable(),
        new PosixChunkStores(config.getFileSystem(), access),
        sync);
  }

  /** Otherwise its lock file would be in another directory than the name says, or have no name. */
  private static void requireFileName(Path configFile) {
    String name = String.valueOf(configFile.getFileName()); // of "/" there is none
    if (configFile.getFileName() == null || Set.of("", ".", "..").contains(name)) {
      throw new IllegalArgumentException("config file has no file name: path=" + configFile);
    }
  }

  static MountTable mountTable() {
    return new LinuxMountTable(MOUNTINFO, BY_UUID);
  }
}
