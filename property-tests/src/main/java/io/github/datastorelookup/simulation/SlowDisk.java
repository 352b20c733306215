package io.github.datastorelookup.simulation;

import io.github.datastorelookup.port.ChunkStores;
import io.github.datastorelookup.port.ChunkStores.ChunkStore;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The datastores that hang: each call on their files takes ten simulated seconds. */
public final class SlowDisk {
  private static final long DELAY_NANOS = 10_000_000_000L;

  private final Scheduler scheduler;
  private final Set<String> slow = new HashSet<>();

  /** A disk without a datastore that hangs. */
  public SlowDisk(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** From now on the datastore at this path hangs, or no longer. */
  public void slow(String path, boolean hangs) {
    if (hangs) {
      slow.add(path);
    } else {
      slow.remove(path);
    }
  }

  /** No datastore hangs any more. */
  public void heal() {
    slow.clear();
  }

  /** Whether the datastore at this path hangs. */
  public boolean isSlow(String path) {
    return slow.contains(path);
  }

  /** Adds the datastores that hang. */
  public void addTo(Fingerprint state) {
    state.addValue(new TreeSet<>(slow));
  }

  /** Whether any datastore hangs. */
  public boolean anySlow() {
    return !slow.isEmpty();
  }

  void delay(Object port, Object @Nullable [] args) {
    String path =
        port instanceof ChunkStore store
            ? store.path()
            : port instanceof ChunkStores && args != null ? String.valueOf(args[0]) : null;
    if (path != null && slow.contains(path)) {
      scheduler.sleep(DELAY_NANOS);
    }
  }
}
