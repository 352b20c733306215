package io.github.datastorelookup;

import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.port.Generations.Generation;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.port.Sync.VolatileRef;
import io.github.datastorelookup.port.Ticker;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The config as this process has it cached, and the file behind it: what W1 asks, and the clauses
 * L1, S2, S3 and S5.
 */
final class ConfigCache {
  private static final System.Logger LOG = System.getLogger(ConfigCache.class.getPackageName());

  private final Ports ports;
  private final Ticker ticker;
  private final SharedState shared;
  private final Attributes attributes;
  private final Counters counters;
  private final long ttlNanos;
  private final VolatileRef<Snapshot> snapshot;

  ConfigCache(
      Ports ports, SharedState shared, Attributes attributes, Counters counters, long ttlNanos) {
    this.ports = ports;
    this.ticker = ports.ticker();
    this.shared = shared;
    this.attributes = attributes;
    this.counters = counters;
    this.ttlNanos = ttlNanos;
    this.snapshot = ports.sync().newVolatileRef(null);
  }

  /** What is cached, current or not. */
  @Nullable Snapshot cached() {
    return snapshot.get();
  }

  /** W1: of this generation, and neither too old nor from the future. */
  boolean isCurrent(@Nullable Snapshot cached) {
    return cached != null && isOfNow(cached) && isYoung(cached);
  }

  /** W1, W4: nobody saved since. */
  boolean isOfNow(Snapshot cached) {
    return shared.isNow(cached.generation());
  }

  /** W1: an edit by hand may be unseen for no longer than this. */
  boolean isYoung(Snapshot cached) {
    long age = ticker.nanoTime() - cached.loadedAt();
    return age >= 0 && age < ttlNanos;
  }

  /** L1, with the config lock held. */
  Snapshot current() {
    Snapshot cached = snapshot.get();
    return cached != null && isCurrent(cached) ? cached : load(cached);
  }

  /** L1, with the config lock held: the ticker, the generation, and only then the file. */
  private Snapshot load(@Nullable Snapshot old) {
    long loadedAt = ticker.nanoTime();
    long value = shared.generation();
    ConfigText text = ConfigText.read(ports.configFile(), old);
    DatastoreConfig config;
    if (old != null && old.digest().equals(text.digest())) {
      config = old.config();
    } else {
      config = text.parse(old);
      if (shared.hasCounter() && old != null && old.generation() == value) {
        value = shared.requireCounter().increment(); // edited by hand: let every process notice
        counters.manualEdit();
        LOG.log(Level.INFO, "config file={0} was edited by hand", ports.configFile().path());
      }
      attributes.forgetAllBut(config);
    }
    Snapshot loaded = new Snapshot(config, text.digest(), value, loadedAt);
    snapshot.set(loaded); // S5
    counters.reload();
    LOG.log(Level.DEBUG, "config loaded: generation={0} digest={1}", value, loaded.digest());
    return loaded;
  }

  /**
   * D1: the config of the last save, read without a lock if need be, and then not stored (S5). How
   * old it is does not matter: edits by hand are the watcher's business.
   */
  DatastoreConfig peek() {
    Snapshot cached = snapshot.get();
    return cached != null && isOfNow(cached) ? cached.config() : text(cached).parse(cached);
  }

  /** The file as it is now; what did not change is shared with the snapshot. */
  DatastoreConfig read() {
    Snapshot cached = snapshot.get();
    return text(cached).parse(cached);
  }

  private ConfigText text(@Nullable Snapshot known) {
    return ConfigText.read(ports.configFile(), known);
  }

  /**
   * S2, S3, with the config lock held.
   *
   * @param expectedDigest of the file that the caller based its edit on, or null for any
   */
  void save(@Nullable String expectedDigest, UnaryOperator<DatastoreConfig> edit) {
    Generation counter = shared.requireCounter();
    Snapshot cached = snapshot.get();
    ConfigText found = text(cached); // S2: never the cached copy
    if (expectedDigest != null && !expectedDigest.equals(found.digest())) {
      throw new DatastoreException.DigestMismatch(
          ports.configFile().path(), expectedDigest, found.digest());
    }
    byte[] text = ConfigText.format(edit.apply(found.parse(cached)), ports.configFile());
    counter.increment(); // S3: a crash from here on leaves nobody with the old content
    try {
      ports.configFile().replace(text);
    } catch (IOException e) {
      throw new DatastoreException.ConfigUnavailable(
          ports.configFile().path(), String.valueOf(e.getMessage()), e);
    } finally {
      counter.increment(); // S3: wakes who looked too early
    }
  }
}
