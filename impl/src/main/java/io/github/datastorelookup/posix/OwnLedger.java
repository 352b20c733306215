package io.github.datastorelookup.posix;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.datastorelookup.config.SafeId;
import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.LedgerDirectory.Ledger;
import io.github.datastorelookup.port.OperationWord;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of this process. It is locked from before other processes can see it until it is
 * closed or the process dies. Only the {@link OwnerThread} does I/O on its channel.
 */
final class OwnLedger implements Ledger {

  /** Closed ledgers of this JVM that could not be deleted. Any code may open them. */
  private static final Set<String> LEFT = ConcurrentHashMap.newKeySet();

  private static final ByteBuffer ZEROS =
      ByteBuffer.allocateDirect(LedgerLayout.SEGMENT_SIZE).asReadOnlyBuffer();

  private final Path path;
  private final FileChannel channel;
  private final FileIdentity identity;
  private final FileIdentity directory;
  private final OwnerThread owner;
  private final LedgerSegments segments = new LedgerSegments();
  private final Map<String, AtomicWord> words = new HashMap<>();
  private @Nullable HeldLock held; // set once, before the ledger is known to other threads
  private @Nullable String fault;
  private boolean closed;

  private OwnLedger(
      Path path,
      FileChannel channel,
      FileIdentity identity,
      FileIdentity directory,
      OwnerThread owner) {
    this.path = path;
    this.channel = channel;
    this.identity = identity;
    this.directory = directory;
    this.owner = owner;
  }

  /** Creates a complete ledger; on failure leaves nothing of it. */
  static OwnLedger create(
      Path directory,
      LedgerProbe probe,
      @Nullable FileIdentity generationPage,
      SharedAccess access,
      OwnerThread owner)
      throws IOException {
    Path path = directory.resolve(probe.self() + "-" + SharedFiles.randomHex() + ".ops");
    FileIdentity place = SharedFiles.directoryIdentity(directory);
    if (!JvmClaims.claim(place, path)) {
      throw SharedFiles.refuse(directory, "this JVM already has a ledger in this directory");
    }
    boolean created = false;
    try {
      OwnLedger ledger =
          owner.call(() -> create(path, place, probe, generationPage, access, owner));
      created = true;
      return ledger;
    } finally {
      if (!created) {
        JvmClaims.release(place, path);
      }
    }
  }

  private static OwnLedger create(
      Path path,
      FileIdentity directory,
      LedgerProbe probe,
      @Nullable FileIdentity generationPage,
      SharedAccess access,
      OwnerThread owner)
      throws IOException {
    Path temp = SharedFiles.tempBeside(path);
    FileChannel channel = FileChannel.open(temp, CREATE_NEW, READ, WRITE);
    FileIdentity identity = null;
    boolean created = false;
    try {
      access.applyTo(temp, access.mode()); // before locking, because it drops the lock
      identity = SharedFiles.identity(temp);
      JvmClaims.claim(identity, channel); // before others() of this JVM can list and open it
      if (channel.tryLock() == null) {
        throw SharedFiles.refuse(temp, "another process locked this new file");
      }
      OwnLedger ledger = new OwnLedger(path, channel, identity, directory, owner);
      ledger.addSegment();
      ledger.segments.writeHeader(probe.self().pid(), generationPage);
      Files.move(temp, path, ATOMIC_MOVE);
      ledger.held = HeldLock.find(String.valueOf(path.getFileName()), probe.proc());
      if (ledger.held == null) {
        Log.log(Level.INFO, "ledger={0}: the system does not show whether its lock is held", path);
      }
      created = true;
      return ledger;
    } finally {
      if (!created) {
        try (channel) {
          Files.deleteIfExists(temp);
          Files.deleteIfExists(path);
        } finally {
          if (identity != null) {
            JvmClaims.release(identity, channel);
          }
        }
      }
    }
  }

  @Override
  public String path() {
    return path.toString();
  }

  @Override
  public synchronized AtomicWord append(String name) throws IOException {
    SafeId.check(name);
    if (closed) {
      throw SharedFiles.refuse(path, "this ledger was closed");
    }
    AtomicWord known = words.get(name);
    if (known != null) {
      return known; // an Error kept the caller from using it
    }
    // Counted on the heap: a foreign write to the file must not redirect this process.
    int entry = words.size();
    if (entry >= segments.capacity()) {
      owner.run(this::addSegment);
    }
    segments.writeEntry(entry, OperationWord.CLOSED, name);
    AtomicWord word = segments.word(entry);
    words.put(name, word);
    boolean published = false;
    try {
      segments.countRelease(entry + 1); // last: a published entry stays for ever
      published = true;
      return word;
    } finally {
      if (!published) {
        words.remove(name); // the next one overwrites the entry
      }
    }
  }

  /** Appends a segment of zeros and maps it; all of it or nothing. */
  private void addSegment() throws IOException {
    long start = LedgerLayout.segmentPosition(segments.size());
    boolean added = false;
    try {
      ByteBuffer zeros = ZEROS.duplicate();
      while (zeros.hasRemaining()) {
        channel.write(zeros, start + zeros.position());
      }
      segments.add(channel.map(MapMode.READ_WRITE, start, LedgerLayout.SEGMENT_SIZE));
      added = true;
    } catch (IOException e) {
      throw new IOException("ledger could not grow: file=" + path + " reason=" + e.getMessage(), e);
    } finally {
      if (!added) {
        cutBackTo(start);
      }
    }
  }

  /** Best effort: bytes after the last whole segment mean nothing and are overwritten. */
  private void cutBackTo(long size) {
    try {
      channel.truncate(size); // no process has mapped the bytes after it
    } catch (IOException e) {
      return; // the next growth writes over them
    }
  }

  @Override
  public synchronized boolean inPlace() throws IOException {
    if (!channel.isOpen()) {
      throw SharedFiles.refuse(path, "lock was lost: the channel of this ledger was closed");
    }
    fault = findFault();
    return fault == null;
  }

  @Override
  public synchronized @Nullable String fault() {
    return fault;
  }

  /** The fault that makes this ledger useless to other processes, or null. */
  private @Nullable String findFault() throws IOException {
    long size = SharedFiles.sizeAt(path, identity);
    if (size < 0) {
      return "is no longer at its path";
    } else if (size < LedgerLayout.segmentPosition(segments.size())) {
      return "was cut short: size=" + size; // before any access to what is mapped
    } else if (!segments.hasMagic()) {
      return "was overwritten";
    } else if (segments.end() != 0) {
      return "was found unlocked by another process, which counts this one as dead";
    }
    return held == null || held.isHeld() // T3
        ? null
        : "lost its lock: code in this process opened and closed the file";
  }

  /** Whether this JVM closed the ledger, but could not delete it. */
  static boolean wasLeft(Path path) {
    return LEFT.contains(String.valueOf(path.getFileName()));
  }

  /**
   * Marks and deletes the file, then releases the lock. In the other order a prober could mistake a
   * properly closed ledger for that of a dead process.
   */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    boolean deleted = false;
    HeldLock watched = held;
    try (channel;
        watched) {
      long size = SharedFiles.sizeAt(path, identity);
      if (size >= LedgerLayout.SEGMENT_SIZE) {
        segments.end(LedgerLayout.CLOSED);
      }
      if (size >= 0) {
        Files.delete(path);
      }
      deleted = true;
    } finally {
      if (!deleted) {
        LEFT.add(String.valueOf(path.getFileName()));
      }
      JvmClaims.release(identity, channel);
      JvmClaims.release(directory, path);
    }
  }
}
