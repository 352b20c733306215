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
 * <p>No other code of the JVM may open a file of these (a ledger, a lock file, {@code .lock} of a
 * datastore), not even to read it: closing it drops the locks that this process has on it. A lost
 * ledger lock is noticed within a period of the watcher, and lookups are refused then; a lost lock
 * on a datastore's {@code .lock} is not noticed.
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
   * Ports on these files, for one registry. Follows symbolic links, and touches nothing yet;
   * missing directories are created when needed, except that of the config file, which must exist.
   *
   * @param configFile usually {@code datastore.cfg}; its lock file {@code .datastore.lck} is beside
   * @param runDirectory for the generation page, the ledgers and the maintenance locks; on a local
   *     file system that is empty after a reboot, best a tmpfs
   * @param createGenerationPage whether to create the generation page if there is none
   * @param access of the files that are made, the same in all processes
   * @throws IllegalArgumentException when the path of the config file names no file, as "" or "/"
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

  /** Its lock file would be one of another directory than the name says, or have no name. */
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
