package io.github.datastorelookup.posix;

import static java.nio.file.StandardOpenOption.READ;

import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.LedgerDirectory.ForeignLedger;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.posix.SharedFiles.OpenFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of another process, mapped read-only. Thread-safe.
 *
 * <p>Kept for as long as the file is listed: a mapping lasts until it is garbage, so a listing must
 * not map the file again.
 *
 * <p>Only segments with counted entries are mapped, and the size of the file is checked before its
 * words are read. Otherwise another program could cut the file short: an access past its end ends
 * JDK 17, and throws {@code InternalError} on JDK 25.
 */
final class ForeignLedgerFile implements ForeignLedger {
  /** Finds out whether a process died, and remembers it. */
  @FunctionalInterface
  interface Deaths {
    boolean died(Path path, FileIdentity identity) throws IOException;
  }

  private final Path path;
  private final FileIdentity identity;
  private final OwnerThread owner;
  private final Deaths deaths;
  private final LedgerSegments segments = new LedgerSegments();
  private final Map<String, MappedWord> words = new HashMap<>();

  private ForeignLedgerFile(Path path, FileIdentity identity, OwnerThread owner, Deaths deaths) {
    this.path = path;
    this.identity = identity;
    this.owner = owner;
    this.deaths = deaths;
  }

  /**
   * Maps the first segment of the file.
   *
   * @param identity of a file on which this JVM holds no lock
   * @throws NoSuchFileException when the file is gone
   */
  static ForeignLedgerFile open(Path path, FileIdentity identity, OwnerThread owner, Deaths deaths)
      throws IOException {
    ForeignLedgerFile ledger = new ForeignLedgerFile(path, identity, owner, deaths);
    owner.run(() -> ledger.mapUpTo(1));
    String fault = ledger.segments.fault();
    if (fault != null) {
      throw ledger.corrupt(fault);
    }
    return ledger;
  }

  FileIdentity identity() {
    return identity;
  }

  @Override
  public String path() {
    return path.toString();
  }

  @Override
  public synchronized @Nullable FileIdentity generationPage() {
    return segments.generationPage();
  }

  /** Refuses a file of this size when it ends before what is mapped of it. */
  synchronized void requireSize(long size) throws IOException {
    if (size < LedgerLayout.segmentPosition(segments.size())) {
      throw corrupt("was cut short: size=" + size);
    }
  }

  @Override
  public synchronized long word(String name) throws IOException {
    try {
      follow();
    } catch (NoSuchFileException e) {
      return OperationWord.CLOSED; // closed properly or found dead: no operation is left
    } catch (IOException e) {
      if (ownerDied()) {
        return OperationWord.CLOSED; // with any content
      }
      throw e;
    }
    MappedWord word = words.get(name);
    return word == null ? OperationWord.CLOSED : word.get();
  }

  /** Reads the entries that were added since. */
  private void follow() throws IOException {
    int count = segments.countAcquire();
    if (count < words.size()) {
      throw corrupt("count went back: count=" + count + " before=" + words.size());
    }
    if (count > segments.capacity()) {
      owner.run(() -> mapUpTo(LedgerLayout.segments(count)));
      if (count > segments.capacity()) {
        throw corrupt("count is past the end: count=" + count + " room=" + segments.capacity());
      }
    }
    for (int entry = words.size(); entry < count; entry++) {
      String found = segments.name(entry);
      if (found == null || words.putIfAbsent(found, segments.word(entry)) != null) {
        throw corrupt("bad or repeated name: entry=" + entry);
      }
    }
  }

  private void mapUpTo(long upTo) throws IOException {
    OpenFile file = SharedFiles.open(path, READ);
    try (FileChannel channel = file.channel()) {
      if (!file.identity().equals(identity)) {
        throw SharedFiles.refuse(path, "ledger was replaced: expected=" + identity);
      }
      segments.mapMore(channel, MapMode.READ_ONLY, upTo);
    }
  }

  @Override
  public boolean ownerDied() throws IOException {
    return deaths.died(path, identity);
  }

  private IOException corrupt(String reason) {
    return SharedFiles.refuse(
        path, "is not a readable ledger, and its process is alive: " + reason);
  }
}
