package io.github.datastorelookup.rules;

import static io.github.datastorelookup.rules.Require.require;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Model;
import io.github.datastorelookup.simulation.Fingerprint;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * INV-3: once the operations that a mode refuses are known to be drained, no process has one or
 * gets one until the mode ends; and one decider at a time acts on a datastore.
 */
public final class Admission {
  private final Function<String, ? extends Collection<? extends Live>> live;
  private final Map<String, Promise> promises = new TreeMap<>();
  private final Map<String, Object> acting = new TreeMap<>();
  private int made;

  /** That no process has what the mode refuses, since this was seen. */
  private record Promise(String name, MaintenanceMode mode, Object since, int number) {
    boolean refuses(Live handle) {
      return handle.name().equals(name)
          && !Model.admits(mode, handle.operation())
          && (handle.operation() != Operation.LOOKUP || handle.asked() >= number);
    }
  }

  /** {@code live} finds the handles of a datastore that processes certainly have. */
  public Admission(Function<String, ? extends Collection<? extends Live>> live) {
    this.live = live;
  }

  /** How many promises were made so far. */
  public int made() {
    return made;
  }

  /**
   * From now on no process has what the mode refuses.
   *
   * @param key names the promise when it ends
   * @param since what was seen, for the message
   */
  public void promise(String key, String name, MaintenanceMode mode, Object since) {
    Promise promise = new Promise(name, mode, since, ++made);
    Promise unused = promises.put(key, promise);
    live.apply(name).forEach(handle -> requireKept(promise, handle));
  }

  /** The promise of this key has ended, if there was one. */
  public void end(String key) {
    promises.remove(key);
  }

  /** The modes that are promised, by their keys. */
  public Map<String, MaintenanceMode> promised() {
    Map<String, MaintenanceMode> modes = new TreeMap<>();
    promises.forEach((key, promise) -> modes.put(key, promise.mode()));
    return modes;
  }

  /** A process has just acquired this handle. */
  public void granted(Live handle) {
    promises.values().forEach(promise -> requireKept(promise, handle));
  }

  private static void requireKept(Promise promise, Live handle) {
    require(!promise.refuses(handle), "INV-3")
        .or(
            "datastore=%s mode=%s: a %s handle is live in a drained interval%ndrained:%n  %s%n"
                + "live:%n  %s",
            promise.name(), promise.mode().key(), handle.operation(), promise.since(), handle);
  }

  /** A decider begins to act on a datastore that it drained. */
  public void acts(String name, Object decider) {
    @Nullable Object other = acting.put(name, decider);
    require(other == null, "INV-3")
        .or("two act on %s at once:%n  %s%n  %s", name, String.valueOf(other), decider);
  }

  /** Whether a decider acts on this datastore. */
  public boolean isActedOn(String name) {
    return acting.containsKey(name);
  }

  /** The decider has acted, or is gone. */
  public void acted(String name) {
    acting.remove(name);
  }

  /** A decider that died no longer acts. */
  public void dead(Object decider) {
    acting.values().removeIf(decider::equals);
  }

  /** Adds its state. */
  public void addTo(Fingerprint state) {
    state.addValue(promised());
    acting.forEach((name, decider) -> state.add(name).addValue(decider));
  }
}
