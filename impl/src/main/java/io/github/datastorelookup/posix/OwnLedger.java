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
import org.jspecify.annotations.Nullable;

/**
 * The ledger of this process: locked from before other processes can see it until it is closed or
 * the process dies. Only the {@link OwnerThread} does I/O on its channel.
 */
final class OwnLedger implements Ledger {
  private static final System.Logger LOG = System.getLogger(OwnLedger.class.getPackageName());
  private static final ByteBuffer ZEROS =
      ByteBuffer.allocateDirect(LedgerLayout.SEGMENT_SIZE).asReadOnlyBuffer();

  private final Path path;
  private final FileChannel channel;
  private final FileIdentity identity;
  private final FileIdentity directory;
  private final OwnerThread owner;
  private final LedgerSegments segments = new LedgerSegments();
  private final Map<String, AtomicWord> words = new HashMap<>();
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
  static OwnLedger create(Path directory, @Nullable FileIdentity generationPage, OwnerThread owner)
      throws IOException {
    long pid = ProcessHandle.current().pid();
    Path path = directory.resolve(pid + "-" + SharedFiles.randomHex() + ".ops");
    FileIdentity place = SharedFiles.directoryIdentity(directory);
    if (!JvmClaims.claim(place, path)) {
      throw SharedFiles.refuse(directory, "this JVM already has a ledger in this directory");
    }
    boolean created = false;
    try {
      OwnLedger ledger = owner.call(() -> create(path, place, generationPage, pid, owner));
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
      @Nullable FileIdentity generationPage,
      long pid,
      OwnerThread owner)
      throws IOException {
    Path temp = SharedFiles.tempBeside(path);
    FileChannel channel = FileChannel.open(temp, CREATE_NEW, READ, WRITE);
    FileIdentity identity = null;
    boolean created = false;
    try {
      SharedFiles.setMode(temp, SharedFiles.FILE_MODE); // before locking, because it drops the lock
      identity = SharedFiles.identity(temp);
      JvmClaims.claim(identity, channel); // before others() of this JVM can list and open it
      OwnLedger ledger = new OwnLedger(path, channel, identity, directory, owner);
      if (channel.tryLock() == null) {
        throw SharedFiles.refuse(temp, "another process locked this new file");
      }
      ledger.addSegment();
      ledger.segments.writeHeader(pid, generationPage);
      Files.move(temp, path, ATOMIC_MOVE);
      created = true;
      return ledger;
    } finally {
      if (!created) {
        try (channel) {
          Files.deleteIfExists(temp);
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
      owner.call(this::addSegment);
    }
    segments.writeEntry(entry, OperationWord.CLOSED, name);
    AtomicWord word = segments.word(entry);
    words.put(name, word);
    boolean published = false;
    try {
      segments.countRelease(entry + 1); // last: a published entry stays for ever
      published = true;
    } finally {
      if (!published) {
        words.remove(name);
      }
    }
    return word;
  }

  /** Appends a segment of zeros and maps it; all of it or nothing. */
  private boolean addSegment() throws IOException {
    long start = LedgerLayout.segmentPosition(segments.size());
    boolean added = false;
    try {
      ByteBuffer zeros = ZEROS.duplicate();
      while (zeros.hasRemaining()) {
        channel.write(zeros, start + zeros.position());
      }
      segments.add(channel.map(MapMode.READ_WRITE, start, LedgerLayout.SEGMENT_SIZE));
      added = true;
      return true;
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
      LOG.log(Level.WARNING, "ledger={0} stays longer than it is: {1}", path, e.getMessage());
    }
  }

  @Override
  public boolean inPlace() throws IOException {
    if (!channel.isOpen()) {
      throw SharedFiles.refuse(path, "lock was lost: the channel of this ledger was closed");
    }
    return SharedFiles.isAt(path, identity);
  }

  /**
   * Deletes the file, then releases the lock: in the other order a prober could mistake a properly
   * closed ledger for that of a dead process.
   */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (channel) {
      if (SharedFiles.isAt(path, identity)) {
        Files.delete(path);
      }
    } finally {
      JvmClaims.release(identity, channel);
      JvmClaims.release(directory, path);
    }
  }
}
