package io.github.datastorelookup.memory;

import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.ChunkStores;
import io.github.datastorelookup.port.ConfigFile;
import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.LedgerDirectory;
import io.github.datastorelookup.port.LedgerDirectory.ForeignLedger;
import io.github.datastorelookup.port.LedgerDirectory.Ledger;
import io.github.datastorelookup.port.Locks;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.port.Sync;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A process on a {@link MemoryHost}. Thread-safe. */
public final class MemoryProcess {
  private static final String CONFIG_LOCK = ".datastore.lck";

  private final MemoryHost host;
  private final int pid;
  private final Ports ports;
  private final Map<String, AtomicWord> words = new ConcurrentSkipListMap<>();
  private final Map<String, Locks.LockFile> maintenanceLocks = new ConcurrentHashMap<>();
  private final AtomicInteger reads = new AtomicInteger();
  private volatile @Nullable FileIdentity page;
  private volatile boolean listed;
  private volatile boolean dead;
  private volatile boolean ledgerReplaced;
  private volatile boolean lockLost;
  private volatile @Nullable String ledgerFault;
  private volatile int mostFiles = Integer.MAX_VALUE;

  MemoryProcess(MemoryHost host, int pid, Sync sync) {
    this.host = host;
    this.pid = pid;
    this.ports =
        new Ports(
            new MemoryConfigFile(),
            new MemoryLocks(),
            host::openGeneration,
            new MemoryLedgers(),
            host.ticker(),
            host::mountStatus,
            new MemoryChunkStores(),
            sync);
  }

  /** Its number, from 1. */
  public int pid() {
    return pid;
  }

  /** The ports of its registry. */
  public Ports ports() {
    return ports;
  }

  /** Whether it was killed. */
  public boolean isDead() {
    return dead;
  }

  /** Whether its ledger exists: from its creation until it is closed or found dead. */
  public boolean hasLedger() {
    return listed;
  }

  /** Its word for this datastore; exactly {@code CLOSED} when it has none. */
  public long word(String name) {
    AtomicWord word = words.get(name);
    return word == null ? OperationWord.CLOSED : word.get();
  }

  /** All its words, by datastore. */
  public Map<String, AtomicWord> words() {
    return Collections.unmodifiableMap(words);
  }

  /** How often it read the config file. */
  public int configReads() {
    return reads.get();
  }

  /** Makes appending to its ledger fail with this message; null makes it work again. */
  public void failLedger(@Nullable String message) {
    ledgerFault = message;
  }

  /** Limits the number of chunk stores that it can have open. Open ones stay open. */
  public void limitFiles(int most) {
    mostFiles = most;
  }

  int mostFiles() {
    return mostFiles;
  }

  /** Detaches its ledger from its path, as another program that deletes it does. */
  public void replaceLedger() {
    ledgerReplaced = true;
    listed = false;
  }

  /**
   * Drops the lock on its ledger while it runs, as if code in it had opened and closed the file.
   */
  public void loseLedgerLock() {
    lockLost = true;
  }

  /**
   * Acts as {@code SIGKILL}: releases its locks and closes its files; its ledger stays, unlocked.
   * The caller ensures that none of its threads continues.
   */
  public void kill() {
    dead = true;
    host.unlockAll(this);
    host.files().closeAll(this);
  }

  @Override
  public String toString() {
    return "process " + pid;
  }

  /** The state that other processes can see, or that its own calls depend on. */
  String state() {
    StringBuilder all =
        new StringBuilder().append(pid).append(page).append(ledgerFault).append(mostFiles);
    all.append(listed).append(dead).append(ledgerReplaced).append(lockLost);
    words.forEach((name, word) -> all.append(name).append(word.get()));
    return all.toString();
  }

  private final class MemoryConfigFile implements ConfigFile {
    @Override
    public String path() {
      return "datastore.cfg";
    }

    @Override
    public byte @Nullable [] read() throws IOException {
      reads.incrementAndGet();
      return host.readConfig();
    }

    @Override
    public void replace(byte[] content) throws IOException {
      host.replaceConfig(content);
    }
  }

  private final class MemoryLocks implements Locks {
    private final LockFile config = new MemoryLockFile(CONFIG_LOCK);

    @Override
    public LockFile config() {
      return config;
    }

    @Override
    public LockFile maintenance(String name) {
      return maintenanceLocks.computeIfAbsent(name, key -> new MemoryLockFile(key + ".lck"));
    }

    @Override
    public void close() {} // there is nothing to close
  }

  private final class MemoryLockFile implements Locks.LockFile {
    private final String path;

    MemoryLockFile(String path) {
      this.path = path;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public boolean tryLock() {
      return host.tryLock(path, MemoryProcess.this);
    }

    @Override
    public Set<Long> holders() {
      return host.holders(path);
    }

    @Override
    public void unlock() {
      host.unlock(path, MemoryProcess.this);
    }
  }

  private final class MemoryLedgers implements LedgerDirectory {
    @Override
    public Ledger create(@Nullable FileIdentity generationPage) throws IOException {
      if (listed || ledgerReplaced) {
        throw new IOException(MemoryProcess.this + " already has a registry");
      }
      page = generationPage;
      listed = true;
      host.processes().stream().filter(MemoryProcess::isDead).forEach(gone -> gone.listed = false);
      return new MemoryLedger();
    }

    @Override
    public void prune() {} // a listing takes no time here

    @Override
    public List<ForeignLedger> others() {
      return host.processes().stream()
          .filter(process -> process != MemoryProcess.this && process.listed)
          .<ForeignLedger>map(process -> process.new Foreign())
          .toList();
    }
  }

  private final class MemoryLedger implements Ledger {
    private final Map<String, AtomicWord> own = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    @Override
    public String path() {
      return pid + ".ops";
    }

    @Override
    public AtomicWord append(String name) throws IOException {
      String fault = listed ? ledgerFault : "closed";
      if (fault != null) {
        throw new IOException(path() + ": " + fault);
      }
      AtomicWord word = own.computeIfAbsent(name, key -> host.newWord(OperationWord.CLOSED));
      words.put(name, word);
      return word;
    }

    @Override
    public boolean inPlace() {
      return listed && !ledgerReplaced && !lockLost;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) { // later there may be another registry's
        listed = false;
        ledgerReplaced = false;
        lockLost = false;
      }
    }
  }

  /** This process's ledger as other processes see it. */
  private final class Foreign implements ForeignLedger {
    @Override
    public String path() {
      return pid + ".ops";
    }

    @Override
    public @Nullable FileIdentity generationPage() {
      return page;
    }

    @Override
    public long word(String name) {
      return MemoryProcess.this.word(name);
    }

    @Override
    public boolean ownerDied() throws IOException {
      if (dead) {
        listed = false;
      } else if (lockLost && listed) {
        throw new IOException(path() + ": its process lost its lock on it: restart that process");
      }
      return dead;
    }
  }

  private final class MemoryChunkStores implements ChunkStores {
    @Override
    public FileIdentity identify(String path) throws IOException {
      return host.files().identify(path);
    }

    @Override
    public ChunkStore open(String path, FileIdentity expected, boolean write) throws IOException {
      return host.files().open(MemoryProcess.this, path, expected, write);
    }

    @Override
    public boolean outOfFiles(IOException failure) {
      return failure instanceof MemoryFiles.TooManyOpenFiles;
    }

    @Override
    public void create(String path) {
      host.files().create(path);
    }
  }
}
