package io.github.datastorelookup.oracle;

import static io.github.datastorelookup.rules.Require.require;

import io.github.datastorelookup.config.SafeId;
import io.github.datastorelookup.port.ChunkStores;
import io.github.datastorelookup.port.ChunkStores.ChunkStore;
import io.github.datastorelookup.port.ChunkStores.Guard;
import io.github.datastorelookup.port.ConfigFile;
import io.github.datastorelookup.port.Generations.Generation;
import io.github.datastorelookup.port.LedgerDirectory.Ledger;
import io.github.datastorelookup.port.Locks;
import io.github.datastorelookup.simulation.PortListener;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the port calls of one process. With the config lock held it makes no I/O on a datastore,
 * no wait and no callback (INV-11). It bumps and replaces only with that lock (INV-7, INV-8), and
 * writes only its own edit (INV-13). File names have only safe ids (INV-14).
 */
final class PortRuleChecker implements PortListener {
  private static final String CONFIG_LOCK = ".datastore.lck";

  private final Oracle oracle;
  private final Map<Thread, Integer> written = new HashMap<>();
  private @Nullable Thread holder;
  private @Nullable String read;
  private boolean replaced;
  private @Nullable Ledger ledger;
  private boolean locksClosed;
  private int bumps;

  PortRuleChecker(Oracle oracle) {
    this.oracle = oracle;
  }

  @Override
  public void calls(Object port, Method method, Object @Nullable [] args) {
    Class<?> type = method.getDeclaringClass();
    boolean onDatastore =
        type == ChunkStores.class || type == ChunkStore.class || type == Guard.class;
    boolean constant = method.getName().equals("path") || method.getName().equals("identity");
    if (onDatastore && !constant) {
      notUnderConfigLock(type.getSimpleName() + "." + method.getName());
    } else if ((type == Ledger.class && method.getName().equals("append"))
        || (type == Locks.class && method.getName().equals("maintenance"))) {
      named(args);
    } else if (type == Locks.LockFile.class && method.getName().equals("tryLock")) {
      notUnderConfigLock("another lock");
    } else if (type == Locks.LockFile.class && method.getName().equals("unlock")) {
      released();
    } else if (method.getName().equals("ownerDied")) {
      require(holds(), "INV-6").or("the words of others are judged without the config lock");
    } else if (method.getName().equals("prune")) {
      notUnderConfigLock("probing all ledgers");
    } else if (port instanceof Locks && method.getName().equals("close")) {
      locksClosed = true;
    } else if (port == ledger && method.getName().equals("close")) {
      require(locksClosed, "INV-7")
          .or("the ledger is closed before the lock files, whose locks the next registry loses");
      ledger = null; // closing it again does nothing
    } else if (type == Generation.class && method.getName().equals("increment")) {
      require(holds(), "INV-7").or("a bump without the config lock");
      bumps++;
    } else if (type == ConfigFile.class && method.getName().equals("replace") && args != null) {
      require(holds(), "INV-7").or("the config is replaced without the config lock");
      replaced = true; // first: the bump in the finally block of a save that fails here is its own
      oracle.replaces(read, new String((byte[]) args[0], StandardCharsets.UTF_8));
    }
  }

  @Override
  public void returned(
      Object port, Method method, Object @Nullable [] args, @Nullable Object result) {
    if (port instanceof Locks.LockFile lock
        && method.getName().equals("tryLock")
        && Boolean.TRUE.equals(result)
        && lock.path().equals(CONFIG_LOCK)) {
      holder = Thread.currentThread();
      read = null;
      replaced = false;
      bumps = 0;
      oracle.admission().looks();
    } else if (result instanceof Ledger created) {
      ledger = created;
      locksClosed = false;
    } else if (port instanceof ConfigFile && method.getName().equals("read") && holds()) {
      read = result instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
      oracle.admission().looks();
    } else if (port instanceof ConfigFile && method.getName().equals("replace")) {
      written.put(Thread.currentThread(), oracle.replaced());
      oracle.admission().looks();
    }
  }

  @Override
  public void threw(Object port, Method method, Object @Nullable [] args) {
    if (port instanceof ConfigFile && method.getName().equals("replace") && args != null) {
      oracle
          .replacedPerhaps(new String((byte[]) args[0], StandardCharsets.UTF_8))
          .ifPresent(number -> written.put(Thread.currentThread(), number));
    }
  }

  @Override
  public void mayWait(String what) {
    notUnderConfigLock(what);
  }

  /** Checks that the lock is not held during calls that may take long or leave the library. */
  void notUnderConfigLock(String what) {
    require(!holds(), "INV-11").or("with the config lock held: %s", what);
  }

  private boolean holds() {
    return holder == Thread.currentThread();
  }

  private void released() {
    if (holds()) {
      holder = null;
      oracle.admission().looked();
      oracle.bumped(bumps, replaced);
    }
  }

  private static void named(Object @Nullable [] args) {
    String name = args == null ? "" : String.valueOf(args[0]);
    require(SafeId.isValid(name), "INV-14").or("name='%s' becomes part of a file name", name);
  }

  /** The number of the text that this thread's command wrote, or null. */
  @Nullable Integer writtenByThis() {
    return written.remove(Thread.currentThread());
  }

  /** The process is dead: its locks are free, and the texts that it wrote stay. */
  Iterable<Integer> die() {
    holder = null;
    return written.values();
  }
}
