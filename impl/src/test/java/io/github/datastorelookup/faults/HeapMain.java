package io.github.datastorelookup.faults;

import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.MemoryFiles;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.port.Sync.ScheduledTask;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Operations on a full heap, which is small. Prints what is wrong afterwards, and how it went. */
final class HeapMain {
  private static final int ROUNDS = 3;
  private static final int MOST_HANDLES = 1_000_000;

  private static volatile @Nullable Node filling;

  private final MemoryHost host = new MemoryHost();
  private final MemoryProcess process = host.start(new JvmSync());
  private final DatastoreRegistry registry;
  private int errors;

  private record Node(@Nullable Node next) {}

  private HeapMain(boolean watched) {
    DatastoreRegistry.Builder builder = DatastoreRegistry.builder(process.ports()).withoutWatcher();
    registry = watched ? builder.detectLeaks().open() : builder.open();
    registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
    try (DatastoreHandle first = registry.lookup("store1", Operation.READ)) {
      first.duplicate().close(); // loads the classes
    }
  }

  public static void main(String[] arguments) {
    for (boolean watched : new boolean[] {false, true}) {
      HeapMain duplicates = new HeapMain(watched);
      duplicates.many(DatastoreHandle::duplicate);
      HeapMain lookups = new HeapMain(watched);
      lookups.many(any -> lookups.registry.lookup("store1", Operation.WRITE));
    }
    HeapMain evictions = new HeapMain(false);
    for (int round = 0; round < ROUNDS; round++) {
      evictions.evict();
    }
    repeat();
    System.out.println("end");
  }

  /** Handles until there is no memory for one more. */
  private void many(UnaryOperator<DatastoreHandle> another) {
    DatastoreHandle source = registry.lookup("store1", Operation.READ);
    DatastoreHandle[] all = new DatastoreHandle[MOST_HANDLES];
    for (int round = 0; round < ROUNDS; round++) {
      int made = 0;
      try {
        while (made < all.length) {
          all[made] = another.apply(source);
          made++;
        }
      } catch (OutOfMemoryError e) {
        errors++;
      }
      while (made > 0) {
        made--;
        all[made].close();
        all[made] = source;
      }
    }
    source.close();
    if (process.word("store1") != 0 || errors == 0) {
      System.out.println(
          "errors=" + errors + " word=" + OperationWord.describe(process.word("store1")));
    }
  }

  /** A last drop that has to close the files, with no memory at all. */
  private void evict() {
    if ((process.word("store1") & OperationWord.CLOSING) != 0) {
      return; // an Error came out of the closing itself (E1)
    }
    DatastoreHandle handle = registry.lookup("store1", Operation.WRITE);
    registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
    String digest = registry.config().digest(); // the snapshot is current
    fill();
    try {
      handle.close();
    } catch (OutOfMemoryError e) {
      errors++;
    }
    filling = null;
    handle.close();
    boolean open = host.files().open().stream().anyMatch(MemoryFiles.Open::isOpen);
    if (open && process.word("store1") == OperationWord.CLOSED) {
      System.out.println("CLOSED with open files");
    }
    registry.refresh();
    registry.clearMaintenance("store1");
    try {
      registry.lookup("store1", Operation.READ).close();
    } catch (DatastoreException.CloseFailed e) {
      System.out.println("lost, digest=" + digest);
    }
  }

  /** T2: a task that runs again and again, while there is no memory for some of its periods. */
  private static void repeat() {
    AtomicInteger runs = new AtomicInteger();
    try (ScheduledTask repeated =
        new JvmSync().scheduleWithFixedDelay(1_000_000, runs::incrementAndGet)) {
      await(runs, 1);
      fill();
      LockSupport.parkNanos(200_000_000);
      filling = null;
      if (!await(runs, runs.get() + 2)) {
        System.out.println("never runs again: " + repeated);
      }
    }
  }

  private static boolean await(AtomicInteger runs, int atLeast) {
    for (int i = 0; i < 1_000 && runs.get() < atLeast; i++) {
      LockSupport.parkNanos(5_000_000);
    }
    return runs.get() >= atLeast;
  }

  /** To the last byte: what fits no more is tried again. */
  private static void fill() {
    for (int i = 0; i < 5; i++) {
      try {
        while (true) {
          filling = new Node(filling);
        }
      } catch (OutOfMemoryError e) {
        // full
      }
    }
  }
}
