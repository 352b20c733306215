package io.github.datastorelookup.posix;

import io.github.datastorelookup.config.SafeId;
import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.MountTable;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * A read-only view of the shared files. It creates, changes and deletes nothing, and touches no
 * datastore. For a process that has no registry on these files.
 */
public final class FilesView {
  private final Path config;
  private final Path run;

  /** A view of these files. Reads nothing yet. */
  public FilesView(Path configFile, Path runDirectory) {
    this.config = SharedFiles.real(configFile);
    this.run = SharedFiles.real(runDirectory);
  }

  /** The path of {@code datastore.cfg}. */
  public Path configFile() {
    return config;
  }

  /**
   * The bytes of {@code datastore.cfg}.
   *
   * @throws java.nio.file.NoSuchFileException when there is none
   * @throws IOException when it cannot be read
   */
  public byte[] readConfig() throws IOException {
    // Checked first: opening a named pipe would wait for a writer.
    if (!Files.readAttributes(config, BasicFileAttributes.class).isRegularFile()) {
      throw SharedFiles.refuse(config, "is not a regular file");
    }
    try (FileInputStream in = new FileInputStream(config.toFile())) {
      return PosixConfigFile.requireSize(config, in.readNBytes(PosixConfigFile.MAX_SIZE + 1));
    }
  }

  /** The config lock, not acquired yet. The caller closes it. */
  public ReadLock configLock() {
    return new ReadLock(PosixLocks.configLock(config));
  }

  /** The path of the generation page. */
  public Path pageFile() {
    return PosixGenerations.page(run);
  }

  /**
   * The generation page.
   *
   * @throws java.nio.file.NoSuchFileException when there is none
   * @throws IOException when it cannot be read
   */
  public PageView page() throws IOException {
    return PageView.read(pageFile());
  }

  /** The directory of the ledgers. */
  public Path runDirectory() {
    return run;
  }

  /**
   * The paths of all ledgers, sorted.
   *
   * @throws IOException when the run directory is missing or cannot be listed
   */
  public List<Path> ledgers() throws IOException {
    return PosixLedgers.files(run).stream().sorted().toList();
  }

  /**
   * Reads a ledger.
   *
   * @throws java.nio.file.NoSuchFileException when its process closed it since it was listed
   * @throws IOException when it cannot be read
   */
  public LedgerView ledger(Path path) throws IOException {
    return LedgerView.read(path);
  }

  /**
   * Whether the process of this ledger is alive. As {@link LedgerView#ownerLives}, for a ledger
   * with any content.
   *
   * @throws java.nio.file.NoSuchFileException when its process closed it
   * @throws IOException when that cannot be determined, or when its process runs and lost its lock
   */
  public boolean ownerLives(Path ledger) throws IOException {
    if (LedgerProbe.isNoFile(ledger)) {
      LedgerProbe.ofThisProcess().requireNotRunning(ledger);
      return false;
    }
    return LedgerView.ownerLives(ledger, SharedFiles.identity(ledger));
  }

  /**
   * The identity of this file; opens nothing.
   *
   * @throws java.nio.file.NoSuchFileException when there is none
   */
  public FileIdentity identity(Path path) throws IOException {
    return SharedFiles.identity(path);
  }

  /**
   * The run directory that processes use with this config. Agrees if it is this run directory.
   *
   * @throws java.nio.file.NoSuchFileException when no process has used this config
   * @throws IOException when that cannot be read
   */
  public UseView runDirectoryUse() throws IOException {
    return UseView.read(UseFile.ofConfig(config), key(UseFile::runDirectoryKey, run));
  }

  /**
   * The config that processes use with this run directory. Agrees if it is this config.
   *
   * @throws java.nio.file.NoSuchFileException when no process has used this run directory
   * @throws IOException when that cannot be read
   */
  public UseView configUse() throws IOException {
    return UseView.read(UseFile.ofRunDirectory(run), key(UseFile::configKey, config));
  }

  private interface Key {
    String of(Path path) throws IOException;
  }

  /** The key of this path; empty, so that it agrees with nothing, if the path cannot be read. */
  private static String key(Key key, Path path) {
    try {
      return key.of(path);
    } catch (IOException e) {
      return "";
    }
  }

  /** The path of a datastore's maintenance lock, whether or not the file exists. */
  public Path maintenanceLock(String name) {
    return PosixLocks.maintenanceLocks(run).resolve(SafeId.check(name) + ".lck");
  }

  /** The mount table of this system. */
  public static MountTable mounts() {
    return PosixPorts.mountTable();
  }
}
