package io.github.datastorelookup.posix;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.LedgerDirectory;
import io.github.datastorelookup.posix.SharedFiles.FileState;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The ledgers {@code <pid>-<start>-<pid namespace>-<random>.ops} in the run directory. A name is
 * used once, so a dead owner is remembered by the name of its ledger.
 *
 * <p>Names of layout 1, {@code <pid>-<random>.ops}, are listed as well, so that a live process with
 * an older version is refused and not overlooked.
 *
 * <p>A process killed while it creates its ledger leaves a hidden temporary file, which no process
 * lists or deletes: probing its lock would race with a live creator.
 */
final class PosixLedgers implements LedgerDirectory {

  private final Path directory;
  private final SharedAccess access;
  private final OwnerThread owner;
  private final LedgerProbe probe;
  private final Set<Path> dead = ConcurrentHashMap.newKeySet();
  private Map<Path, ForeignLedgerFile> listed = new TreeMap<>();

  PosixLedgers(Path runDirectory, SharedAccess access, OwnerThread owner) {
    this(runDirectory, access, owner, LedgerProbe.ofThisProcess());
  }

  /** For tests: as another process, or as one that does not see the others. */
  PosixLedgers(Path runDirectory, SharedAccess access, OwnerThread owner, LedgerProbe probe) {
    this.directory = runDirectory.toAbsolutePath();
    this.access = access;
    this.owner = owner;
    this.probe = probe;
  }

  @Override
  public Ledger create(@Nullable FileIdentity generationPage) throws IOException {
    SharedFiles.openDirectory(directory, access);
    List<Path> there = files(directory);
    for (Path path : there) { // before any of them is opened
      if (isOwn(path) && !OwnLedger.wasLeft(path)) {
        throw SharedFiles.refuse(path, "this JVM already has a ledger in this directory");
      }
    }
    Ledger ledger = OwnLedger.create(directory, probe, generationPage, access, owner);
    if (!there.isEmpty()) {
      startPruning();
    }
    return ledger;
  }

  private boolean isOwn(Path path) {
    ProcessId of = ProcessId.ofLedger(path);
    return of != null && probe.isOwn(of);
  }

  private void startPruning() {
    try {
      Thread thread = new Thread(null, this::prune, "datastore-lookup-prune", 0, false);
      thread.setContextClassLoader(null);
      thread.setDaemon(true);
      thread.start();
    } catch (OutOfMemoryError e) {
      Log.log(
          Level.WARNING,
          "ledgers of dead processes stay, no thread to delete them: {0}",
          e.getMessage());
    }
  }

  @Override
  public void prune() {
    int deleted = 0;
    try {
      for (Path path : files(directory)) {
        if ((isOwn(path) ? OwnLedger.wasLeft(path) : isDead(path)) && delete(path)) {
          deleted++;
        }
      }
    } catch (IOException e) {
      Log.log(Level.WARNING, "listing the ledgers failed: {0}", e.getMessage());
    }
    if (deleted > 0) {
      Log.log(Level.INFO, "ledgers of dead processes deleted: count={0}", deleted);
    }
  }

  private boolean isDead(Path path) {
    try {
      return dead.contains(path) || died(path, SharedFiles.identity(path));
    } catch (IOException e) {
      return false; // a census reports the fault
    }
  }

  private static boolean delete(Path path) {
    try {
      return Files.isRegularFile(path, NOFOLLOW_LINKS) && Files.deleteIfExists(path);
    } catch (IOException e) {
      return false; // it stays, and is remembered as dead
    }
  }

  /** Whether the owner of this ledger is dead; remembers a dead one. */
  private boolean died(Path path, FileIdentity identity) throws IOException {
    if (dead.contains(path)) {
      return true;
    }
    if (JvmClaims.holds(identity)) {
      return false; // now a ledger of this JVM; opening it would drop its lock
    }
    boolean died = owner.call(() -> probe.isDead(path, identity, true));
    if (died) {
      dead.add(path);
    }
    return died;
  }

  @Override
  public synchronized List<ForeignLedger> others() throws IOException {
    Map<Path, ForeignLedgerFile> found = new TreeMap<>();
    Set<Path> stillDead = new HashSet<>();
    for (Path path : files(directory, dead)) {
      if (dead.contains(path)) {
        stillDead.add(path);
      } else if (!isOwn(path)) {
        ForeignLedgerFile ledger = listed(path);
        if (ledger != null) {
          found.put(path, ledger);
        } else {
          stillDead.add(path); // perhaps
        }
      }
    }
    if (stillDead.size() < dead.size()) {
      dead.retainAll(stillDead);
    }
    listed = found; // drops the mappings of deleted ledgers
    return new ArrayList<>(found.values());
  }

  /** The ledger at this path, or null when it is of this JVM, gone, or that of a dead process. */
  private @Nullable ForeignLedgerFile listed(Path path) throws IOException {
    FileState now;
    try {
      now = SharedFiles.state(path);
    } catch (NoSuchFileException e) {
      return null; // its owner closed it after the listing, which is not an error
    } catch (IOException e) {
      if (!LedgerProbe.isNoFile(path)) {
        throw e;
      }
      probe.requireNotRunning(path);
      dead.add(path);
      return null;
    }
    if (JvmClaims.holds(now.identity())) {
      return null;
    }
    try {
      ForeignLedgerFile known = listed.get(path);
      if (known == null || !known.identity().equals(now.identity())) {
        return ForeignLedgerFile.open(path, now.identity(), owner, this::died);
      }
      known.requireSize(now.size());
      return known;
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      if (died(path, now.identity())) {
        return null; // with any content
      }
      throw e;
    }
  }

  /** The ledgers in this directory, in no particular order. */
  static List<Path> files(Path directory) throws IOException {
    return files(directory, Set.of());
  }

  private static List<Path> files(Path directory, Set<Path> known) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path path : stream) {
        if (known.contains(path) || ProcessId.ofLedger(path) != null) {
          files.add(path);
        }
      }
      return files;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}
