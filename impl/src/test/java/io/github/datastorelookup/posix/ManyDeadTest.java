package io.github.datastorelookup.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.LedgerDirectory;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.port.Ports;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand ledgers of dead processes: what is done about them with the config lock held. */
@Timeout(120)
final class ManyDeadTest {
  private static final int DEAD = 10_000;

  private final Path home;
  private final Path run;
  private long longestNanos;
  private int listed;

  ManyDeadTest(@TempDir(factory = MemoryTempDir.class) Path home) throws IOException {
    this.home = home;
    run = Files.createDirectory(home.resolve("run"));
    Path store = Files.createDirectory(home.resolve("store1"));
    Files.createFile(store.resolve(".lock"));
    Files.writeString(home.resolve("datastore.cfg"), "datastore: store1\n\tpath " + store + "\n");
    ByteBuffer bytes = ByteBuffer.allocate(128).order(ByteOrder.nativeOrder());
    bytes.putLong(0, LedgerLayout.MAGIC_VALUE).putInt(8, 2).putInt(12, 1);
    bytes.putLong(64, OperationWord.WRITE).putInt(72, 6);
    bytes.put(76, "store1".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < DEAD; i++) {
      Path path = run.resolve(String.format(Locale.ROOT, "1-0-0-%016x.ops", i));
      Files.write(path, bytes.array());
      try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
        file.write(ByteBuffer.allocate(1), LedgerLayout.SEGMENT_SIZE - 1); // sparse
      }
    }
  }

  /** The time for a census is printed: what it does with the lock held is what it lists. */
  @Test
  @Tag("INV-11")
  @Tag("kills:dead-probed-under-the-config-lock")
  void drain_besideTenThousandDead_listsNoneWithTheConfigLockHeld() throws IOException {
    Ports ports = PosixPorts.of(home.resolve("datastore.cfg"), run, true);
    long start = System.nanoTime();
    try (DatastoreRegistry registry =
        DatastoreRegistry.builder(ports.withLedgers(new Watched(ports.ledgers())))
            .withoutWatcher()
            .open()) {
      long opened = System.nanoTime();
      assertEquals(new ActiveOperations(0, 0), registry.activeOperations("store1"));
      long counted = System.nanoTime();
      registry.runMaintenance(
          "store1", MaintenanceMode.OFFLINE, null, Drain.atMost(Duration.ZERO), () -> {});
      System.out.printf(
          Locale.ROOT,
          "dead=%d: open %d ms, first count %d ms, listing with the config lock held %.1f ms%n",
          DEAD,
          (opened - start) / 1_000_000,
          (counted - opened) / 1_000_000,
          longestNanos / 1e6);
      assertEquals(0, listed, "dead ledgers listed with the config lock held");
      Awaitility.await().until(() -> PosixLedgers.files(run).size() == 1);
    }
  }

  /** Counts what a census lists, and takes the time. */
  private final class Watched implements LedgerDirectory {
    private final LedgerDirectory real;

    Watched(LedgerDirectory real) {
      this.real = real;
    }

    @Override
    public Ledger create(@Nullable FileIdentity generationPage) throws IOException {
      return real.create(generationPage);
    }

    @Override
    public void prune() {
      real.prune();
    }

    @Override
    public List<ForeignLedger> others() throws IOException {
      long start = System.nanoTime();
      List<ForeignLedger> others = real.others();
      longestNanos = Math.max(longestNanos, System.nanoTime() - start);
      listed += others.size();
      return others;
    }
  }
}
