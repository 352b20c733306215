package io.github.datastorelookup.simulation;

import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.port.AtomicWord;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * How shared memory behaves: which of the values that a location ever had an access reads. By
 * default the newest one: all accesses of all threads are in one order.
 *
 * <p>One instance serves one run, and is called by one thread at a time.
 */
public interface Memory {
  /** A location whose accesses the simulator makes itself. */
  interface Cell<V> {
    /** Reads it. */
    V load(String place);

    /** Writes it. No other thread writes it at the same time. */
    void store(String place, V value);

    /** Reads the newest value and writes another one behind it, in one step. */
    void update(@Nullable String place, V value);

    /** The newest value, for those who look from outside. */
    V newest();
  }

  /**
   * A reference at one time.
   *
   * @param stamp stands for its value in fingerprints
   */
  record Version(@Nullable Object value, long stamp) {}

  /** The real call of a port. */
  interface Call {
    /** Makes it. */
    @Nullable Object make() throws InvocationTargetException, IllegalAccessException;
  }

  /** A cell with this value; {@code id} names it in fingerprints. */
  default <V> Cell<V> cell(long id, V initial) {
    return new NewestOnly<>(initial);
  }

  /** Words and generations. */
  default AtomicWord word(long initial) {
    return new HeapWord(initial);
  }

  /** Whether a call on a map reads or writes entries that may have older versions. */
  default @Nullable Object onMap(String name, Object map, Method method, Object @Nullable [] args)
      throws InvocationTargetException, IllegalAccessException {
    return method.invoke(map, args);
  }

  /** A call of a port. */
  default @Nullable Object onPort(Object port, Method method, Object @Nullable [] args, Call real)
      throws InvocationTargetException, IllegalAccessException {
    return real.make();
  }

  /** The calling thread acquired this lock, named by a number or its file. */
  default void locked(Object lock) {}

  /** The calling thread tried this lock, and another one had it. */
  default void refused(Object lock) {}

  /** The calling thread is about to release this lock. */
  default void unlocks(Object lock) {}

  /** The calling thread wrote this into the config, as a person does. */
  default void edited(byte[] config) {}

  /** Time passes for all threads: what was written becomes visible in finite time. */
  default void timePasses() {}

  /** A command of the calling thread begins: it is after all that have ended. */
  default void begins() {}

  /** A command of the calling thread has ended. */
  default void ended() {}

  /** A process was killed: commands that begin later are after all that it did. */
  default void killed() {}

  /** The calling thread uses this data, or changes it. */
  default void touches(Object data) {}

  /** Whether all that other threads did with this data happened before what is next here. */
  default boolean hasSeen(Object data) {
    return true;
  }

  /** Adds all that decides what later accesses can read. */
  default void addTo(Fingerprint state) {}
}
