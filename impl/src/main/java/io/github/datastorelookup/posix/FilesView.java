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
 * The shared files as a process sees them that only looks: it creates, changes and deletes nothing,
 * and touches no datastore. For a process of its own, without a registry on these files.
 */
public final class FilesView {
  private final Path config;
  private final Path run;

  /** Looks at nothing yet. */
  public FilesView(Path configFile, Path runDirectory) {
    this.config = configFile.toAbsolutePath();
    this.run = runDirectory.toAbsolutePath();
  }

  /** Where {@code datastore.cfg} is. */
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
    // Asked first: opening a named pipe would wait for a writer.
    if (!Files.readAttributes(config, BasicFileAttributes.class).isRegularFile()) {
      throw SharedFiles.refuse(config, "is not a regular file");
    }
    try (FileInputStream in = new FileInputStream(config.toFile())) {
      return in.readAllBytes();
    }
  }

  /** The config lock, not taken yet. The caller closes it. */
  public ReadLock configLock() {
    return new ReadLock(PosixLocks.configLock(config));
  }

  /** Where the generation page is. */
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

  /** Where the ledgers are. */
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
   * Which file that is; opens nothing.
   *
   * @throws java.nio.file.NoSuchFileException when there is none
   */
  public FileIdentity identity(Path path) throws IOException {
    return SharedFiles.identity(path);
  }

  /** Where the maintenance lock of a datastore is, if there ever was one. */
  public Path maintenanceLock(String name) {
    return PosixLocks.maintenanceLocks(run).resolve(SafeId.check(name) + ".lck");
  }

  /** The mount table of this system. */
  public static MountTable mounts() {
    return PosixPorts.mountTable();
  }
}
