package io.github.datastorelookup.memory;

import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.jvm.JvmTicker;
import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.Generations.Generation;
import io.github.datastorelookup.port.MountTable;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.port.Sync;
import io.github.datastorelookup.port.Ticker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A machine in memory: config file, lock files, generation counter, ledgers and datastore files,
 * shared by its processes. Thread-safe. Tests also use it to act on the machine from outside.
 */
public final class MemoryHost {
  private final LongFunction<AtomicWord> words;
  private final Ticker ticker;
  private final MemoryFiles files = new MemoryFiles();
  private final AtomicInteger pids = new AtomicInteger();
  private final List<MemoryProcess> processes = new CopyOnWriteArrayList<>();
  private final Map<String, MemoryProcess> locks = new ConcurrentHashMap<>();
  private final Map<String, MountTable.Status> mounts = new ConcurrentHashMap<>();

  private volatile MemoryGeneration page;
  private volatile byte @Nullable [] config = {'\n'};
  private volatile @Nullable String configFault;
  private volatile boolean generationAbsent;
  private final AtomicInteger failingSyncs = new AtomicInteger();

  /** A machine with words on the heap and the JVM's clock. */
  public MemoryHost() {
    this(HeapWord::new, new JvmTicker());
  }

  /**
   * A machine with other words or another clock.
   *
   * @param words makes a word with this initial value
   */
  public MemoryHost(LongFunction<AtomicWord> words, Ticker ticker) {
    this.words = words;
    this.ticker = ticker;
    this.page = new MemoryGeneration(words.apply(0), new FileIdentity(0, 1));
  }

  /** The ports of a new process on this machine. */
  public Ports process() {
    return start(new JvmSync()).ports();
  }

  /** A new process on this machine, whose threads share this sync. */
  public MemoryProcess start(Sync sync) {
    MemoryProcess process = new MemoryProcess(this, pids.incrementAndGet(), sync);
    processes.add(process);
    return process;
  }

  /** All processes ever started, dead ones included, in start order. */
  public List<MemoryProcess> processes() {
    return processes;
  }

  /** The files of datastores. */
  public MemoryFiles files() {
    return files;
  }

  /** The bytes of the config file. */
  public byte[] config() {
    byte[] bytes = config;
    return bytes == null ? new byte[0] : bytes.clone();
  }

  /** Removes the config file. */
  public void removeConfig() {
    config = null;
  }

  /** Replaces the config file as an editor does: notifies no process. */
  public void writeConfig(byte[] bytes) {
    config = bytes.clone();
  }

  /**
   * Makes reading and replacing the config file fail with this message; null makes both work again.
   */
  public void failConfig(@Nullable String message) {
    configFault = message;
  }

  /** Makes this many replacements of the config file fail after they took effect. */
  public void failSyncs(int replacements) {
    failingSyncs.set(replacements);
  }

  /** Hides the generation counter from processes that start later, or shows it again. */
  public void hideGeneration(boolean absent) {
    generationAbsent = absent;
  }

  /** The generation counter; any program may read and bump it. */
  public AtomicWord generation() {
    return page.word;
  }

  /** Replaces the generation page with a new file, which running processes do not read. */
  public void replaceGenerationPage() {
    FileIdentity before = page.identity;
    page =
        new MemoryGeneration(
            words.apply(page.word.get()), new FileIdentity(before.device(), before.inode() + 1));
  }

  /** Sets the mount status of a device at a path; {@code NOT_MOUNTED} by default. */
  public void mount(String backingDevice, String path, MountTable.Status status) {
    mounts.put(backingDevice + " " + path, status);
  }

  /** The whole state as text: two machines with equal state and the same processes behave alike. */
  public String state() {
    StringBuilder all = new StringBuilder();
    byte[] bytes = config;
    all.append(bytes == null ? "none" : new String(bytes, StandardCharsets.ISO_8859_1));
    all.append(configFault)
        .append(failingSyncs)
        .append(page.identity)
        .append(page.word.get())
        .append(generationAbsent);
    all.append(new TreeMap<>(locks)).append(new TreeMap<>(mounts)).append(files.state());
    processes.forEach(process -> all.append(process.state()));
    return all.toString();
  }

  // ---- for processes

  Ticker ticker() {
    return ticker;
  }

  AtomicWord newWord(long initial) {
    return words.apply(initial);
  }

  byte @Nullable [] readConfig() throws IOException {
    failIf(configFault);
    byte[] bytes = config;
    return bytes == null ? null : bytes.clone();
  }

  void replaceConfig(byte[] bytes) throws IOException {
    failIf(configFault);
    config = bytes.clone();
    failIf(failingSyncs.getAndUpdate(n -> Math.max(0, n - 1)) > 0 ? "sync failed" : null);
  }

  private static void failIf(@Nullable String fault) throws IOException {
    if (fault != null) {
      throw new IOException(fault);
    }
  }

  boolean tryLock(String name, MemoryProcess process) {
    return locks.putIfAbsent(name, process) == null;
  }

  Set<Long> holders(String name) {
    MemoryProcess holder = locks.get(name);
    return holder == null ? Set.of() : Set.of((long) holder.pid());
  }

  void unlock(String name, MemoryProcess process) {
    locks.remove(name, process);
  }

  void unlockAll(MemoryProcess process) {
    locks.values().removeIf(process::equals);
  }

  MountTable.Status mountStatus(String backingDevice, String path) {
    return Objects.requireNonNullElse(
        mounts.get(backingDevice + " " + path), MountTable.Status.NOT_MOUNTED);
  }

  @Nullable Generation openGeneration() {
    return generationAbsent ? null : page;
  }

  private final class MemoryGeneration implements Generation {
    private final AtomicWord word;
    private final FileIdentity identity;

    MemoryGeneration(AtomicWord word, FileIdentity identity) {
      this.word = word;
      this.identity = identity;
    }

    @Override
    public long get() {
      return word.get();
    }

    @Override
    public long increment() {
      return word.getAndAdd(1) + 1;
    }

    @Override
    public FileIdentity identity() {
      return identity;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // compares the page's identity, not its content
    public boolean inPlace() {
      return page == this;
    }
  }
}
