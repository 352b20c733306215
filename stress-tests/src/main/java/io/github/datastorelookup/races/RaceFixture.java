package io.github.datastorelookup.races;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.MountTable;
import io.github.datastorelookup.port.Ports;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/**
 * A machine in memory for one sample of a race: some datastores, and processes that use them. Its
 * clock stands still until a race moves it on.
 */
public final class RaceFixture {
  /** The datastore that is raced for, at {@link #PATH}. */
  public static final String NAME = "store1";

  /** The same files under another name. */
  public static final String ALIAS = "store2";

  /** A removable datastore, so that each lookup of it is slow. */
  public static final String USB = "usb";

  static final String PATH = "/a";
  static final String OTHER_PATH = "/c";

  private static final Duration TTL = Duration.ofSeconds(60);
  private static final String DEVICE = "5a2c8f7e-0b1d-4c3e-9f6a-7b8c9d0e1f2a";
  private static final String USB_PATH = "/mnt/datastore/" + USB;
  private static final byte[] CONFIG =
      ("datastore: store1\n\tpath /a\n\ndatastore: store2\n\tpath /b\n\n"
              + "datastore: usb\n\tbacking-device "
              + DEVICE
              + "\n\tpath x\n")
          .getBytes(UTF_8);

  private final AtomicLong now = new AtomicLong();
  private final MemoryHost host;

  RaceFixture() {
    this(Words::next);
  }

  /** A machine with words of this kind. */
  public RaceFixture(LongFunction<AtomicWord> words) {
    host = new MemoryHost(words, now::get);
    host.files().create(PATH);
    host.files().alias("/b", PATH);
    host.files().create(OTHER_PATH);
    host.files().create(USB_PATH);
    host.mount(DEVICE, USB_PATH, MountTable.Status.MOUNTED);
    host.writeConfig(CONFIG);
  }

  /** What can be seen of it from outside. */
  MemoryHost host() {
    return host;
  }

  /** A process as shipped. */
  public RacingProcess process() {
    return process(UnaryOperator.identity());
  }

  /** A process whose surroundings are weakened like this. */
  public RacingProcess process(UnaryOperator<Ports> weaken) {
    return process(new SpinningSync(), weaken);
  }

  /** A process whose threads share this sync. */
  RacingProcess process(JvmSync sync, UnaryOperator<Ports> weaken) {
    MemoryProcess process = host.start(sync);
    DatastoreRegistry registry =
        DatastoreRegistry.builder(weaken.apply(process.ports())).ttl(TTL).withoutWatcher().open();
    return new RacingProcess(process, registry);
  }

  /** Waits until every cached config is too old. */
  void outliveTtl() {
    long unused = now.addAndGet(TTL.toNanos());
  }

  /** Removes {@link #ALIAS} in a manual edit. */
  void removeAlias() {
    editByHand("datastore: store2\n\tpath /b\n\n", "");
  }

  /** A manual edit, without a bump. */
  void editByHand(String from, String to) {
    host.writeConfig(config().replace(from, to).getBytes(UTF_8));
  }

  /** The config file as it is. */
  String config() {
    return new String(host.config(), UTF_8);
  }

  /** How many chunk stores are open, in all processes. */
  int open() {
    return host.files().open().size();
  }

  /** Waits without sleeping, and closes files on the thread that wants them closed. */
  public static class SpinningSync extends JvmSync {
    @Override
    public void pause(long nanos) {
      Thread.onSpinWait();
    }

    @Override
    public void runDetached(long patienceNanos, Runnable task) {
      task.run();
    }
  }
}
