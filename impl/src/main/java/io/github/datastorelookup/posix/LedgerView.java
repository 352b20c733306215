package io.github.datastorelookup.posix;

import static java.nio.file.StandardOpenOption.READ;

import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.posix.SharedFiles.OpenFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The content of another process's ledger at one moment. Reading it changes nothing in the file,
 * even when its process turns out to be dead.
 *
 * @param path of the ledger
 * @param identity of the file
 * @param pid of its process, as that process knows itself
 * @param generationPage that its process uses, or null for none
 * @param words by the name of the datastore
 */
public record LedgerView(
    Path path,
    FileIdentity identity,
    long pid,
    @Nullable FileIdentity generationPage,
    Map<String, Long> words) {

  /** Keeps a copy of the words, sorted. */
  public LedgerView {
    words = Collections.unmodifiableMap(new TreeMap<>(words));
  }

  /**
   * Reads a ledger. Needs no lock.
   *
   * @throws NoSuchFileException when its process closed it since it was listed
   * @throws IOException when it cannot be read, or is no ledger
   */
  static LedgerView read(Path path) throws IOException {
    requireForeign(path, SharedFiles.identity(path));
    OpenFile file = SharedFiles.open(path, READ);
    try (FileChannel channel = file.channel()) {
      LedgerSegments segments = new LedgerSegments();
      segments.mapMore(channel, MapMode.READ_ONLY, Long.MAX_VALUE);
      String fault = segments.fault();
      if (fault != null) {
        throw corrupt(path, fault);
      }
      return new LedgerView(
          path,
          file.identity(),
          segments.pid(),
          segments.generationPage(),
          words(path, segments, channel));
    } catch (InternalError e) {
      throw corrupt(path, "became shorter while it was being read"); // a page was lost
    }
  }

  private static Map<String, Long> words(Path path, LedgerSegments segments, FileChannel channel)
      throws IOException {
    int count = segments.countAcquire();
    if (count > segments.capacity()) {
      segments.mapMore(channel, MapMode.READ_ONLY, Long.MAX_VALUE); // it grew meanwhile
    }
    if (count < 0 || count > segments.capacity()) {
      throw corrupt(path, "count=" + count + " room=" + segments.capacity());
    }
    Map<String, Long> words = new TreeMap<>();
    for (int entry = 0; entry < count; entry++) {
      String name = segments.name(entry);
      if (name == null || words.putIfAbsent(name, segments.word(entry).get()) != null) {
        throw corrupt(path, "bad or repeated name: entry=" + entry);
      }
    }
    return words;
  }

  /**
   * Whether its process is alive, and so holds the lock on it. Probes with a shared lock, as
   * deciders do, but writes no mark.
   *
   * @throws NoSuchFileException when its process closed it
   * @throws IOException when that cannot be determined, or when its process runs and lost its lock
   */
  public boolean ownerLives() throws IOException {
    return ownerLives(path, identity);
  }

  static boolean ownerLives(Path path, FileIdentity identity) throws IOException {
    requireForeign(path, identity);
    if (!LedgerProbe.ofThisProcess().isDead(path, identity, false)) {
      return true;
    }
    if (!SharedFiles.isAt(path, identity)) {
      throw new NoSuchFileException(path.toString());
    }
    return false;
  }

  /** Opening and closing a ledger of this JVM would drop the lock that marks it as live. */
  private static void requireForeign(Path path, FileIdentity identity) throws IOException {
    ProcessId owner = ProcessId.ofLedger(path);
    boolean own = owner != null && LedgerProbe.ofThisProcess().isOwn(owner);
    if (own || JvmClaims.holds(identity)) {
      throw SharedFiles.refuse(path, "belongs to this JVM: inspect it from another process");
    }
  }

  private static IOException corrupt(Path path, String reason) {
    return SharedFiles.refuse(path, "is not a readable ledger: " + reason);
  }
}
