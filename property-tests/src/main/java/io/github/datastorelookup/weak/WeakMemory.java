package io.github.datastorelookup.weak;

import static io.github.datastorelookup.rules.Require.require;

import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.ChunkStores.ChunkStore;
import io.github.datastorelookup.port.ConfigFile;
import io.github.datastorelookup.port.Generations.Generation;
import io.github.datastorelookup.port.LedgerDirectory.ForeignLedger;
import io.github.datastorelookup.port.LedgerDirectory.Ledger;
import io.github.datastorelookup.port.Locks.LockFile;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.simulation.ClauseLines;
import io.github.datastorelookup.simulation.Fingerprint;
import io.github.datastorelookup.simulation.Memory;
import io.github.datastorelookup.simulation.Scheduler;
import io.github.datastorelookup.simulation.Trace;
import io.github.datastorelookup.weak.Order.Access;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * RC11 without load buffering, as views: each location has the history of its writes, each thread a
 * view of them. A load may return any write that is not older than the view of its thread, and the
 * schedule chooses which.
 *
 * <p>Writes are appended in the order of execution. This suffices: each write to a word or a
 * counter reads the newest one in the same step, and one thread at a time makes every other write.
 * Two stores without an order between them are an error of the scenario.
 *
 * <p>A mutex, a lock file and what one command's caller tells that of another hand views over. The
 * contents of the config are written with release and read with acquire. All other calls of the
 * file system see what is newest.
 */
public class WeakMemory implements Memory {
  private static final ClauseLines CLAUSES = ClauseLines.ofThisLibrary();

  /** The most threads, with what runs outside of the race. */
  private static final int THREADS = 8;

  private static final Map<List<Integer>, String> CLAUSE_OF = new ConcurrentHashMap<>();

  private final Scheduler scheduler;
  private final Orders orders;
  private final Placement placement;
  private final @Nullable Set<Site> reached;
  private final List<Location<?>> locations = new ArrayList<>();
  private final Map<Integer, Knowledge> threads = new HashMap<>();
  private final Map<Object, Lock> locks = new HashMap<>();
  private final IdentityHashMap<Object, Map<String, Location<Version>>> maps =
      new IdentityHashMap<>();
  private final Map<String, Location<List<String>>> entries = new HashMap<>();
  private final Map<Object, Map<Integer, Integer>> touched = new HashMap<>();
  private final View fences = new View();
  private final View callers = new View();
  private @Nullable Location<byte[]> config;

  /** The place of the words in the port call that runs; null for a look from outside. */
  private @Nullable String place;

  WeakMemory(Scheduler scheduler, Orders orders, Placement placement, @Nullable Set<Site> reached) {
    this.scheduler = scheduler;
    this.orders = orders;
    this.placement = placement;
    this.reached = reached;
  }

  /** What a thread knows. */
  private static final class Knowledge {
    /** What happened before its next access. */
    View now = new View();

    /** The same, if a fence came next: with what its relaxed loads read. */
    View withFence = new View();

    /** What happened before its last fence: what its relaxed stores carry. */
    View atFence = new View();

    void learns(View told) {
      now.join(told);
      withFence.join(told);
    }

    void hasAt(int index, int position) {
      now.raise(index, position);
      withFence.raise(index, position);
    }
  }

  /** A lock, and what its last owner knew. */
  private static final class Lock {
    final View view = new View();
    @Nullable Knowledge owner;
  }

  /**
   * What was written.
   *
   * @param tick when its thread made what the value refers to, on the thread's clock
   * @param print stands for the value in fingerprints
   */
  private record Write<V>(V value, View view, int thread, int tick, long print) {
    /** The object that the value refers to, or null. */
    @Nullable Object object() {
      Object held = value instanceof Version version ? version.value() : value;
      return held instanceof Number || held instanceof Boolean ? null : held;
    }
  }

  private long print(@Nullable Object value) {
    if (value instanceof Version version) {
      return version.stamp();
    }
    boolean saysAll =
        value == null || value instanceof Long || value instanceof List || value instanceof byte[];
    return saysAll ? new Fingerprint().addValue(value).value() : scheduler.stamp();
  }

  // ---- threads

  private int number() {
    return scheduler.currentThread();
  }

  /** The clocks of threads come first in views; thread -1 is what runs outside of the race. */
  private static int clock(int thread) {
    return thread + 1;
  }

  private static int index(Location<?> location) {
    return location.number + THREADS;
  }

  private Knowledge me() {
    int thread = number();
    Knowledge known = threads.get(thread);
    if (known == null) {
      known = new Knowledge();
      threads.put(thread, known);
      if (thread >= 0) {
        known.learns(outside().now); // who starts a thread tells it all
      }
    }
    if (thread < 0) {
      for (Knowledge other : threads.values()) { // who waited for the threads knows all
        known.learns(other.now);
      }
    }
    return known;
  }

  private Knowledge outside() {
    return threads.computeIfAbsent(-1, thread -> new Knowledge());
  }

  // ---- accesses

  /** A location: all that was ever written to it. */
  final class Location<V> implements Cell<V> {
    final int number = locations.size();
    final long id;
    final List<Write<V>> writes = new ArrayList<>();

    Location(long id, V initial) {
      this.id = id;
      locations.add(this);
      writes.add(new Write<>(initial, View.of(me().now), number(), 0, print(initial)));
    }

    private int last() {
      return writes.size() - 1;
    }

    @Override
    public V newest() {
      return writes.get(last()).value;
    }

    @Override
    public V load(String where) {
      return load(where, inOrder(where, Access.LOAD));
    }

    V load(String where, Order order) {
      fence(order, Placement.BEFORE);
      V value = readAt(where, order, chosen(readable(last(), any -> true)));
      fence(order, Placement.AFTER);
      return value;
    }

    /** The positions that may be read, this one first, the older the later. */
    List<Integer> readable(int first, Predicate<V> wanted) {
      List<Integer> positions = new ArrayList<>(List.of(first));
      int oldest = number() < 0 ? last() : me().now.get(index(this));
      for (int i = last() - 1; i >= oldest; i--) {
        if (wanted.test(writes.get(i).value)) {
          positions.add(i);
        }
      }
      return positions;
    }

    int chosen(List<Integer> positions) {
      return positions.get(scheduler.chooseValue(positions.size()));
    }

    V readAt(@Nullable String where, Order order, int position) {
      Knowledge me = me();
      Write<V> read = writes.get(position);
      if (position < last()) {
        scheduler.old("T" + (writes.get(position + 1).thread + 1) + " has written since");
      }
      me.hasAt(index(this), position);
      reads(me, read, order);
      requireContents(where, me, read);
      return read.value;
    }

    private void requireContents(@Nullable String where, Knowledge me, Write<V> read) {
      require(read.object() == null || me.now.get(clock(read.thread)) >= read.tick, "INV-10")
          .or(
              "T%s reads %s, and what it refers to may not be there yet for it: T%s wrote that"
                  + " before",
              number() + 1, where, read.thread + 1);
    }

    @Override
    public void store(String where, V value) {
      store(where, value, inOrder(where, Access.STORE));
    }

    void store(String where, V value, Order order) {
      if (me().now.get(index(this)) != last() && !Objects.equals(newest(), value)) {
        throw new IllegalStateException(
            "two threads store to " + where + ", and nothing orders their stores");
      }
      write(value, order);
    }

    /** A store behind the newest one. */
    void write(V value, Order order) {
      fence(order, Placement.BEFORE);
      append(me(), value, order, new View());
      fence(order, Placement.AFTER);
    }

    @Override
    public void update(@Nullable String where, V value) {
      update(value, inOrder(where, Access.UPDATE));
    }

    void update(V value, Order order) {
      fence(order, Placement.BEFORE);
      replaceNewest(value, order);
      fence(order, Placement.AFTER);
    }

    void replaceNewest(V value, Order order) {
      Knowledge me = me();
      Write<V> read = writes.get(last());
      reads(me, read, order);
      append(me, value, order, read.view);
    }

    void fence(Order order, Placement where) {
      WeakMemory.this.fence(order, where);
    }

    private void reads(Knowledge me, Write<V> read, Order order) {
      me.withFence.join(read.view);
      if (synchronizes(order)) {
        me.learns(read.view);
      }
    }

    /** Behind the newest; {@code carried} is the view of the write that was read, if any. */
    private void append(Knowledge me, V value, Order order, View carried) {
      int tick = tick();
      int position = writes.size();
      View view = View.of(order.releases() ? me.now : me.atFence);
      view.join(carried);
      view.raise(index(this), position);
      me.hasAt(index(this), position);
      writes.add(new Write<>(value, view, number(), tick, print(value)));
    }

    /** An editor wrote it, without an order to other writes. */
    void edited(V value) {
      View view = View.of(me().now);
      view.raise(index(this), writes.size());
      writes.add(new Write<>(value, view, number(), 0, print(value)));
    }
  }

  /** Whether a read in this order learns what the write carries. */
  boolean synchronizes(Order order) {
    return order.acquires();
  }

  /** What has to be seen before what this thread writes now can be used. */
  private int tick() {
    Knowledge me = me();
    int clock = clock(number());
    me.hasAt(clock, me.now.get(clock) + 1);
    return me.now.get(clock);
  }

  /** A sequentially consistent fence. */
  void fence() {
    Knowledge me = me();
    me.withFence.join(fences);
    fences.join(me.withFence);
    me.now = View.of(me.withFence);
    me.atFence = View.of(me.withFence);
  }

  private void fence(Order order, Placement where) {
    if (order == Order.SEQ_CST && (placement == where || placement == Placement.BOTH)) {
      fence();
    }
  }

  /** Any program may change the generation: as a save does. */
  private Order inOrder(@Nullable String where, Access access) {
    if (where == null) {
      return Order.SEQ_CST;
    }
    if (reached != null) {
      reached.add(new Site(clause(), where, access));
    }
    return orders.of(where, access, WeakMemory::clause);
  }

  private static String clause() {
    return CLAUSE_OF.computeIfAbsent(Trace.lines(), CLAUSES::of);
  }

  // ---- what the simulator calls

  @Override
  public <V> Cell<V> cell(long id, V initial) {
    return new Location<>(id, initial);
  }

  /** The same, whose orders the caller says. */
  <V> Location<V> location(long id, V initial) {
    return new Location<>(id, initial);
  }

  /** The calling thread knows this value from now on. */
  void saw(long value) {
    scheduler.picked(value);
  }

  @Override
  public AtomicWord word(long initial) {
    return new Word(new Location<>(scheduler.stamp(), initial));
  }

  private final class Word implements AtomicWord {
    private final Location<Long> cell;

    Word(Location<Long> cell) {
      this.cell = cell;
    }

    @Override
    public long get() {
      String where = taken();
      return where == null ? cell.newest() : cell.load(where);
    }

    /** The place, once: while the schedule chooses, others look at words from outside. */
    private @Nullable String taken() {
      String where = place;
      place = null;
      return where;
    }

    @Override
    public long getAndAdd(long delta) {
      String where = taken();
      long before = cell.newest();
      cell.update(where, before + delta);
      return before;
    }

    /** One that fails is a load, and may have read an older value. */
    @Override
    public boolean compareAndSet(long expected, long next) {
      String where = taken();
      Order order = inOrder(where, Access.UPDATE);
      int newest = cell.last();
      cell.fence(order, Placement.BEFORE);
      int position = cell.chosen(cell.readable(newest, value -> value != expected));
      boolean fits = position == newest && cell.newest() == expected;
      if (fits) {
        cell.replaceNewest(next, order);
      } else {
        long unused = cell.readAt(where, order, position);
      }
      cell.fence(order, Placement.AFTER);
      return fits;
    }
  }

  @Override
  public @Nullable Object onMap(String name, Object map, Method method, Object @Nullable [] args)
      throws InvocationTargetException, IllegalAccessException {
    String where = name.replaceFirst(" .*", "");
    Map<String, Location<Version>> known = maps.computeIfAbsent(map, each -> new TreeMap<>());
    if (method.getName().equals("values")) {
      List<Object> all = new ArrayList<>();
      for (Location<Version> entry : List.copyOf(known.values())) {
        Object found = entry.load(where).value();
        if (found != null) {
          all.add(found);
        }
      }
      return all;
    } else if (args == null
        || args.length == 0
        || !(method.getParameterTypes()[0] == Object.class)) {
      return method.invoke(map, args);
    }
    Location<Version> entry =
        known.computeIfAbsent(
            String.valueOf(args[0]),
            key -> new Location<>(scheduler.stamp(), new Version(null, 0)));
    if (method.getName().equals("get")) {
      return entry.load(where).value();
    }
    Object result = method.invoke(map, args);
    Object now = ((Map<?, ?>) map).get(args[0]);
    entry.update(where, new Version(now, now == null ? 0 : scheduler.stamp()));
    return result;
  }

  @Override
  public @Nullable Object onPort(Object port, Method method, Object @Nullable [] args, Call real)
      throws InvocationTargetException, IllegalAccessException {
    String name = method.getName();
    if (port instanceof LockFile lock) {
      return onLock(lock, name, real);
    } else if (port instanceof ConfigFile && name.equals("read")) {
      return readConfig((byte[]) real.make());
    } else if (port instanceof ConfigFile && name.equals("replace") && args != null) {
      Object nothing = real.make();
      ofConfig().write((byte[]) args[0], inOrder("config", Access.STORE)); // the kernel orders them
      return nothing;
    } else if (port instanceof Ledger ledger && name.equals("append") && args != null) {
      Object word = real.make();
      Location<List<String>> list = entriesOf(ledger.path());
      List<String> more = new ArrayList<>(list.newest());
      more.add((String) args[0]);
      list.store("entries", more);
      return word;
    } else if (port instanceof ForeignLedger ledger && name.equals("word") && args != null) {
      boolean there = entriesOf(ledger.path()).load("entries").contains((String) args[0]);
      return there ? at("word", real) : (Object) OperationWord.CLOSED;
    } else if (port instanceof Generation) {
      return name.equals("get") || name.equals("increment") ? at("generation", real) : real.make();
    }
    if (port instanceof ChunkStore store && name.equals("close")) {
      require(hasSeen(store), "INV-9")
          .or(
              "the files at %s are closed, and no order says that their last use is over",
              store.path());
      touches("files at " + store.path());
    }
    return port instanceof AtomicWord ? at("word", real) : real.make();
  }

  private @Nullable Object at(String where, Call real)
      throws InvocationTargetException, IllegalAccessException {
    place = where;
    try {
      return real.make();
    } finally {
      place = null;
    }
  }

  private Location<List<String>> entriesOf(String ledger) {
    return entries.computeIfAbsent(
        ledger, path -> new Location<>(new Fingerprint().add(path).value(), List.of()));
  }

  private byte @Nullable [] readConfig(byte @Nullable [] found) {
    if (found == null) {
      return null; // removed: all see that
    }
    Location<byte[]> file = ofConfig();
    if (!Arrays.equals(file.newest(), found)) {
      file.edited(found); // what it was at first, or a replacement that failed late
    }
    return file.load("config").clone();
  }

  @Override
  public void edited(byte[] text) {
    ofConfig().edited(text);
  }

  private Location<byte[]> ofConfig() {
    Location<byte[]> file = config;
    if (file == null) {
      file = new Location<>(1, new byte[0]);
      config = file;
    }
    return file;
  }

  private @Nullable Object onLock(LockFile lock, String name, Call real)
      throws InvocationTargetException, IllegalAccessException {
    if (name.equals("unlock")) {
      unlocks(lock.path());
    }
    Object result = real.make();
    if (name.equals("tryLock") && Boolean.TRUE.equals(result)) {
      locked(lock.path());
    }
    return result;
  }

  /** Mutexes of one process have an order, as cells have; the kernel's locks hand views over. */
  private Order orderOf(Object lock, Access access) {
    return lock instanceof Long ? inOrder("mutex", access) : Order.ACQ_REL;
  }

  @Override
  public void locked(Object name) {
    Order order = orderOf(name, Access.UPDATE);
    Lock lock = locks.computeIfAbsent(name, key -> new Lock());
    Knowledge me = me();
    fence(order, Placement.BEFORE);
    if (lock.owner != null) { // killed: the kernel released it
      me.learns(lock.owner.now);
    }
    if (order.acquires()) {
      me.learns(lock.view);
    }
    lock.owner = me;
    fence(order, Placement.AFTER);
  }

  @Override
  public void refused(Object name) {
    Order order = orderOf(name, Access.LOAD);
    fence(order, Placement.BEFORE);
    fence(order, Placement.AFTER);
  }

  @Override
  public void unlocks(Object name) {
    Order order = orderOf(name, Access.STORE);
    Lock lock = locks.computeIfAbsent(name, key -> new Lock());
    fence(order, Placement.BEFORE);
    lock.view.join(order.releases() ? me().now : me().atFence);
    lock.owner = null;
    fence(order, Placement.AFTER);
  }

  @Override
  public void timePasses() {
    for (Knowledge known : threads.values()) {
      locations.forEach(location -> known.hasAt(index(location), location.last()));
    }
  }

  @Override
  public void begins() {
    me().learns(callers);
  }

  @Override
  public void ended() {
    callers.join(me().now);
  }

  @Override
  public void killed() {
    threads.values().forEach(known -> callers.join(known.now));
  }

  @Override
  public void touches(Object data) {
    touched.computeIfAbsent(data, key -> new HashMap<>()).put(number(), tick());
  }

  @Override
  public boolean hasSeen(Object data) {
    Knowledge me = me();
    return touched.getOrDefault(data, Map.of()).entrySet().stream()
        .allMatch(each -> me.now.get(clock(each.getKey())) >= each.getValue());
  }

  // ---- fingerprints

  /** The writes that no running thread can read any more are left out, and not counted. */
  @Override
  public void addTo(Fingerprint state) {
    int[] oldest = new int[locations.size()];
    Arrays.fill(oldest, Integer.MAX_VALUE);
    for (int thread = 0; thread < scheduler.threadCount(); thread++) {
      Knowledge known = threads.getOrDefault(thread, outside()); // all that it knows if it begins
      for (int i = 0; i < oldest.length; i++) {
        oldest[i] = Math.min(oldest[i], known.now.get(i + THREADS));
      }
    }
    threads.forEach(
        (number, known) -> {
          if (number >= 0) {
            state.add(hash(known.now, oldest));
            state.add(hash(known.withFence, oldest)).add(hash(known.atFence, oldest));
          }
        });
    state.add(hash(fences, oldest)).add(hash(callers, oldest));
    long all = 0;
    for (Location<?> location : locations) {
      Fingerprint one = new Fingerprint().add(location.id);
      for (int i = oldest[location.number]; i < location.writes.size(); i++) {
        Write<?> write = location.writes.get(i);
        one.add(write.print).add(hash(write.view, oldest));
      }
      all += one.value();
    }
    for (Map.Entry<Object, Lock> each : locks.entrySet()) {
      all +=
          new Fingerprint().addValue(each.getKey()).add(hash(each.getValue().view, oldest)).value();
    }
    state.add(all);
  }

  /** The sum over all entries, in any order of locations. */
  private long hash(View view, int[] oldest) {
    long all = 0;
    for (int i = 0; i < THREADS; i++) {
      all += view.get(i) == 0 ? 0 : new Fingerprint().add(i).add(view.get(i)).value();
    }
    for (Location<?> location : locations) {
      int more = view.get(index(location)) - oldest[location.number];
      all += more <= 0 ? 0 : new Fingerprint().add(location.id).add(more).value();
    }
    return all;
  }
}
