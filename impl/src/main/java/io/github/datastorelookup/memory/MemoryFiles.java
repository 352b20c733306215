package io.github.datastorelookup.memory;

import io.github.datastorelookup.port.ChunkStores.ChunkStore;
import io.github.datastorelookup.port.ChunkStores.Guard;
import io.github.datastorelookup.port.FileIdentity;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The {@code .lock} files of all datastores, with record locks as in fcntl: a lock belongs to the
 * process, and closing any descriptor of a file drops all of the process's locks on it.
 *
 * <p>Thread-safe: each step holds the one monitor.
 */
public final class MemoryFiles {
  private static final long DEVICE = 7;

  private final Map<String, FileIdentity> lockFiles = new TreeMap<>();
  private final Map<FileIdentity, RecordLocks> recordLocks = new HashMap<>();
  private final List<Open> open = new ArrayList<>();
  private final Set<String> failing = new HashSet<>();
  private final Set<String> readOnly = new HashSet<>();
  private long lastInode;
  private int lostLocks;
  private int closedTwice;

  MemoryFiles() {}

  /** Creates a datastore's directory and {@code .lock}; keeps an existing one. */
  public synchronized void create(String path) {
    lockFiles.computeIfAbsent(path, key -> new FileIdentity(DEVICE, ++lastInode));
  }

  /** Removes a datastore's files, or hides them as an unmount does. Descriptors stay open. */
  public synchronized void remove(String path) {
    lockFiles.remove(path);
  }

  /** Replaces {@code .lock} with a new file. */
  public synchronized void recreate(String path) {
    lockFiles.remove(path);
    create(path);
  }

  /** Gives another path the same {@code .lock}, as a rename, a link or a bind mount does. */
  public synchronized void alias(String path, String existing) {
    FileIdentity identity = lockFiles.get(existing);
    if (identity == null) {
      throw new IllegalArgumentException("path=" + existing + " has no .lock");
    }
    lockFiles.put(path, identity);
  }

  /** Makes opening and closing at this path fail, or work again. A failed close still closes. */
  public synchronized void fail(String path, boolean fails) {
    if (fails) {
      failing.add(path);
    } else {
      failing.remove(path);
    }
  }

  /**
   * Makes the disk at this path read-only, or writable again. Does not affect open chunk stores.
   */
  public synchronized void readOnly(String path, boolean only) {
    if (only) {
      readOnly.add(path);
    } else {
      readOnly.remove(path);
    }
  }

  /** The {@code .lock} at this path, or null. */
  public synchronized @Nullable FileIdentity lockFile(String path) {
    return lockFiles.get(path);
  }

  /** The open chunk stores, in the order of opening. */
  public synchronized List<Open> open() {
    return List.copyOf(open);
  }

  /**
   * How many record locks were lost because their process closed another descriptor of the file.
   */
  public synchronized int lostLocks() {
    return lostLocks;
  }

  /** How often a closed chunk store was closed again. */
  public synchronized int closedTwice() {
    return closedTwice;
  }

  /** The whole state as text. */
  synchronized String state() {
    StringBuilder all = new StringBuilder().append(lockFiles).append(lastInode);
    all.append(new TreeSet<>(failing))
        .append(new TreeSet<>(readOnly))
        .append(lostLocks)
        .append(closedTwice);
    for (Open store : open) {
      all.append(store.process).append(store.path).append(store.identity).append(store.guards);
      all.append(store.writable);
    }
    recordLocks.entrySet().stream()
        .map(each -> each.getKey() + each.getValue().state())
        .sorted()
        .forEach(all::append);
    return all.toString();
  }

  /** An open chunk store. Compared by identity: each opening is another descriptor. */
  public final class Open implements ChunkStore {
    private final MemoryProcess process;
    private final String path;
    private final FileIdentity identity;
    private final boolean writable;
    private int guards;

    private Open(MemoryProcess process, String path, FileIdentity identity, boolean writable) {
      this.writable = writable;
      this.process = process;
      this.path = path;
      this.identity = identity;
    }

    /** The process that opened it. */
    public MemoryProcess process() {
      return process;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public FileIdentity identity() {
      return identity;
    }

    @Override
    public boolean writable() {
      return writable;
    }

    /** Whether it is still open. */
    public boolean isOpen() {
      synchronized (MemoryFiles.this) {
        return open.contains(this);
      }
    }

    @Override
    public @Nullable Guard tryShared() throws IOException {
      return tryLock(this, false);
    }

    @Override
    public @Nullable Guard tryExclusive() throws IOException {
      return tryLock(this, true);
    }

    @Override
    public void close() throws IOException {
      MemoryFiles.this.close(this);
    }
  }

  // ---- for processes

  FileIdentity identify(String path) throws IOException {
    FileIdentity identity = lockFile(path);
    if (identity == null) {
      throw new IOException(path + "/.lock: no such file");
    }
    return identity;
  }

  synchronized ChunkStore open(
      MemoryProcess process, String path, FileIdentity expected, boolean write) throws IOException {
    FileIdentity identity = identify(path);
    if (!identity.equals(expected)) {
      throw new IOException(path + "/.lock: is " + identity + ", not " + expected);
    }
    failIf(path);
    boolean writable = !readOnly.contains(path);
    if (write && !writable) {
      throw new IOException(path + "/.lock: read-only file system");
    }
    if (open.stream().filter(o -> o.process == process).count() >= process.mostFiles()) {
      throw new TooManyOpenFiles(path + "/.lock: too many open files");
    }
    Open store = new Open(process, path, identity, writable);
    open.add(store);
    return store;
  }

  private synchronized @Nullable Guard tryLock(Open store, boolean exclusive) throws IOException {
    if (!open.contains(store) || (exclusive && !store.writable)) {
      throw new IOException(store.path + "/.lock: closed, or read-only");
    }
    RecordLocks locks = recordLocks.computeIfAbsent(store.identity, key -> new RecordLocks());
    if (!locks.tryLock(store.process.pid(), exclusive)) {
      return null;
    }
    store.guards++;
    return new MemoryGuard(store, exclusive);
  }

  private synchronized void unlock(Open store, boolean exclusive) {
    RecordLocks locks = recordLocks.get(store.identity);
    if (locks != null && open.contains(store)) {
      store.guards--;
      locks.unlock(store.process.pid(), exclusive);
    }
  }

  private void failIf(String path) throws IOException {
    if (failing.contains(path)) {
      throw new IOException(path + "/.lock: input/output error");
    }
  }

  private synchronized void close(Open store) throws IOException {
    if (!open.remove(store)) {
      closedTwice++;
      return;
    }
    RecordLocks locks = recordLocks.get(store.identity);
    if (locks != null) {
      locks.drop(store.process.pid());
    }
    for (Open other : open) {
      if (other.process == store.process && other.identity.equals(store.identity)) {
        lostLocks += other.guards;
      }
    }
    failIf(store.path);
  }

  synchronized void closeAll(MemoryProcess process) {
    open.removeIf(store -> store.process == process);
    recordLocks.values().forEach(locks -> locks.drop(process.pid()));
  }

  private final class MemoryGuard implements Guard {
    private final Open store;
    private final boolean exclusive;
    private boolean released;

    MemoryGuard(Open store, boolean exclusive) {
      this.store = store;
      this.exclusive = exclusive;
    }

    @Override
    public void close() {
      synchronized (MemoryFiles.this) {
        if (!released) {
          released = true;
          unlock(store, exclusive);
        }
      }
    }
  }

  /** A process has reached its limit of open chunk stores. */
  static final class TooManyOpenFiles extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    TooManyOpenFiles(String message) {
      super(message);
    }
  }

  /** The locks on one file: shared holders by process, or one exclusive holder. */
  private static final class RecordLocks {
    private final Map<Integer, Integer> shared = new HashMap<>();
    private int exclusive;

    boolean tryLock(int pid, boolean wantsExclusive) {
      if (exclusive != 0 || (wantsExclusive && !shared.isEmpty())) {
        return false;
      }
      if (wantsExclusive) {
        exclusive = pid;
      } else {
        shared.merge(pid, 1, Integer::sum);
      }
      return true;
    }

    void unlock(int pid, boolean wasExclusive) {
      if (wasExclusive) {
        exclusive = exclusive == pid ? 0 : exclusive;
      } else {
        shared.computeIfPresent(pid, (key, count) -> count == 1 ? null : count - 1);
      }
    }

    String state() {
      return new TreeMap<>(shared) + "/" + exclusive;
    }

    void drop(int pid) {
      shared.remove(pid);
      unlock(pid, true);
    }
  }
}
