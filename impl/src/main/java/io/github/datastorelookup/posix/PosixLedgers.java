package io.github.datastorelookup.posix;

import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.LedgerDirectory;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ledgers {@code <pid>-<random>.ops} in the run directory.
 *
 * <p>A process killed while it creates its ledger leaves a hidden temporary file, which no process
 * lists or deletes: probing its lock would race with a live creator.
 */
final class PosixLedgers implements LedgerDirectory {
  private final Path directory;
  private final SharedAccess access;
  private final OwnerThread owner;
  private Map<Path, ForeignLedgerFile> listed = new TreeMap<>();

  PosixLedgers(Path runDirectory, SharedAccess access, OwnerThread owner) {
    this.directory = runDirectory.toAbsolutePath();
    this.access = access;
    this.owner = owner;
  }

  @Override
  public Ledger create(@Nullable FileIdentity generationPage) throws IOException {
    SharedFiles.openDirectory(directory, access);
    return OwnLedger.create(directory, generationPage, access, owner);
  }

  @Override
  public synchronized List<ForeignLedger> others() throws IOException {
    Map<Path, ForeignLedgerFile> found = new TreeMap<>();
    for (Path path : files()) {
      try {
        FileIdentity identity = SharedFiles.identity(path);
        if (!JvmClaims.holds(identity)) {
          found.put(path, knownOrOpened(path, identity));
        }
      } catch (NoSuchFileException e) {
        // Its owner closed it after the listing, which is not an error.
      }
    }
    listed = found; // drops the mappings of deleted ledgers
    return new ArrayList<>(found.values());
  }

  private ForeignLedgerFile knownOrOpened(Path path, FileIdentity identity) throws IOException {
    ForeignLedgerFile known = listed.get(path);
    return known != null && known.identity().equals(identity)
        ? known
        : ForeignLedgerFile.open(path, identity, owner);
  }

  private List<Path> files() throws IOException {
    return files(directory);
  }

  /** The ledgers in this directory, in no particular order. */
  static List<Path> files(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream =
        Files.newDirectoryStream(directory, PosixLedgers::isLedger)) {
      stream.forEach(files::add);
      return files;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static boolean isLedger(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.endsWith(".ops") && !name.startsWith(".");
  }
}
