package io.github.datastorelookup.posix;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.LedgerDirectory.ForeignLedger;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.posix.SharedFiles.OpenFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of another process, mapped read-only. Thread-safe.
 *
 * <p>Kept for as long as the file is listed: a mapping lasts until it is garbage, so a listing must
 * not map the file again. An access to a truncated ledger may throw {@code InternalError}.
 */
final class ForeignLedgerFile implements ForeignLedger {
  private final Path path;
  private final FileIdentity identity;
  private final OwnerThread owner;
  private final LedgerSegments segments = new LedgerSegments();
  private final Map<String, MappedWord> words = new HashMap<>();

  private ForeignLedgerFile(Path path, FileIdentity identity, OwnerThread owner) {
    this.path = path;
    this.identity = identity;
    this.owner = owner;
  }

  /**
   * Maps the whole segments of the file.
   *
   * @param identity of a file that this JVM has no lock on
   * @throws NoSuchFileException when the file is gone
   */
  static ForeignLedgerFile open(Path path, FileIdentity identity, OwnerThread owner)
      throws IOException {
    ForeignLedgerFile ledger = new ForeignLedgerFile(path, identity, owner);
    owner.call(ledger::mapMore);
    if (ledger.segments.size() == 0) {
      throw ledger.corrupt("shorter than one segment");
    }
    if (ledger.segments.magic() != LedgerLayout.MAGIC_VALUE) {
      throw ledger.corrupt("wrong magic");
    }
    if (ledger.segments.version() != LedgerLayout.VERSION_VALUE) {
      throw ledger.corrupt("version=" + ledger.segments.version());
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

  @Override
  public synchronized long word(String name) throws IOException {
    int count = segments.countAcquire();
    if (count < words.size()) {
      throw corrupt("count went back: count=" + count + " before=" + words.size());
    }
    if (count > segments.capacity()) {
      try {
        owner.call(this::mapMore);
      } catch (NoSuchFileException e) {
        return OperationWord.CLOSED; // closed properly or found dead: no operation is left
      }
      if (count > segments.capacity()) {
        throw corrupt("count behind the end: count=" + count + " room=" + segments.capacity());
      }
    }
    for (int entry = words.size(); entry < count; entry++) {
      String found = segments.name(entry);
      if (found == null || words.putIfAbsent(found, segments.word(entry)) != null) {
        throw corrupt("bad or repeated name: entry=" + entry);
      }
    }
    MappedWord word = words.get(name);
    return word == null ? OperationWord.CLOSED : word.get();
  }

  /** Maps the whole segments that are not mapped yet. */
  private boolean mapMore() throws IOException {
    OpenFile file = SharedFiles.open(path, READ);
    try (FileChannel channel = file.channel()) {
      requireSame(file.identity());
      long whole = channel.size() / LedgerLayout.SEGMENT_SIZE;
      for (int segment = segments.size(); segment < whole; segment++) {
        long start = LedgerLayout.segmentPosition(segment);
        segments.add(channel.map(MapMode.READ_ONLY, start, LedgerLayout.SEGMENT_SIZE));
      }
      return true;
    }
  }

  @Override
  public boolean ownerDied() throws IOException {
    if (JvmClaims.holds(identity)) {
      return false; // now a ledger of this JVM; opening it would drop its lock
    }
    OpenFile file;
    try {
      file = SharedFiles.open(path, READ, WRITE);
    } catch (NoSuchFileException e) {
      return true; // nothing left to count, and no process reuses the name
    }
    try (FileChannel channel = file.channel()) {
      requireSame(file.identity());
      if (channel.tryLock() == null) {
        return false;
      }
      Files.deleteIfExists(path);
      return true;
    }
  }

  private void requireSame(FileIdentity found) throws IOException {
    if (!found.equals(identity)) {
      throw SharedFiles.refuse(path, "ledger was replaced: expected=" + identity);
    }
  }

  private IOException corrupt(String reason) {
    return SharedFiles.refuse(
        path, "is no ledger that can be read, its process counts as alive: " + reason);
  }
}
