package io.github.datastorelookup.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreException.GenerationUnavailable;
import io.github.datastorelookup.DatastoreException.LedgerUnavailable;
import io.github.datastorelookup.DatastoreException.SharedStateReplaced;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.posix.Child;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generation pages and ledgers that are none, or no longer ours, or of the dead. */
@Timeout(60)
class RunDirectoryFaultTest {
  private static final Drain AT_ONCE = Drain.atMost(Duration.ZERO);

  private final Home home;
  private final Path page;

  RunDirectoryFaultTest(@TempDir Path directory) throws IOException {
    home = new Home(directory);
    Files.createDirectory(home.run());
    page = home.run().resolve("config-versions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"too short", "wrong magic", "link", "directory"})
  void open_aPageThatIsNone_isRefusedUntilItIsRepaired(String fault) throws IOException {
    switch (fault) {
      case "too short" -> Files.write(page, new byte[4095]);
      case "wrong magic" -> Files.write(page, new byte[4096]);
      case "link" -> Files.createSymbolicLink(page, home.config());
      case "directory" -> Files.createDirectory(page);
      default -> throw new IllegalArgumentException(fault);
    }
    var before = home.tree();
    for (int i = 0; i < 2; i++) {
      Home.refused(GenerationUnavailable.class, home::open, page);
      assertEquals(before, home.tree());
    }
    Files.delete(page);
    try (DatastoreRegistry registry = home.open()) {
      registry.lookup("store1", Operation.READ).close();
    }
  }

  /** T3. */
  @Test
  void page_replacedUnderARunningRegistry_isRefusedAndDropsGoOn() throws IOException {
    DatastoreRegistry registry = home.open();
    DatastoreHandle running = registry.lookup("store1", Operation.WRITE);
    byte[] bytes = Files.readAllBytes(page);
    Files.delete(page);
    Files.write(page, bytes);
    Home.refused(
        SharedStateReplaced.class,
        () -> registry.lookup("store1", Operation.READ),
        home.ledgers().get(0));
    assertEquals(home.store("store1").toString(), running.chunkStore().path());
    registry.close();
    running.close();
    assertEquals(List.of(), home.ledgers());
    try (DatastoreRegistry next = home.open()) {
      next.lookup("store1", Operation.READ).close();
    }
  }

  @Test
  void runDirectory_aFile_isRefused() throws IOException {
    Files.delete(home.run());
    Files.writeString(home.run(), "a file");
    Home.refused(GenerationUnavailable.class, home::open, home.run());
    assertEquals("a file", Files.readString(home.run()));
  }

  /** Its process lives: nobody decides anything; lookups need no ledger but their own. */
  @ParameterizedTest
  @ValueSource(strings = {"garbage", "another version", "too short"})
  void ledgerOfAnother_unreadableWhileItLives_stopsDecisionsOnly(String fault) throws IOException {
    Path ledger = home.run().resolve("1-0000000000000000.ops");
    switch (fault) {
      case "garbage" -> Files.write(ledger, "x".repeat(65536).getBytes(UTF_8));
      case "another version" -> Files.write(ledger, ledger(1, 0, "store1"));
      case "too short" -> Files.write(ledger, new byte[100]);
      default -> throw new IllegalArgumentException(fault);
    }
    String config = Files.readString(home.config());
    try (Child owner = Child.start(home.directory())) {
      owner.ask("hold " + ledger);
      expectDecisionsRefused(owner, ledger, config);
    }
  }

  private void expectDecisionsRefused(Child owner, Path ledger, String config) throws IOException {
    try (DatastoreRegistry registry = home.open()) {
      registry.lookup("store1", Operation.WRITE).close();
      Home.refused(LedgerUnavailable.class, () -> registry.activeOperations("store1"), ledger);
      Home.refused(
          LedgerUnavailable.class,
          () ->
              registry.runMaintenance(
                  "store1", MaintenanceMode.OFFLINE, null, AT_ONCE, () -> fail()),
          ledger);
      assertEquals(config, Files.readString(home.config()), "the mode of before is back");
      Home.refused(
          LedgerUnavailable.class, () -> registry.destroy("store1", AT_ONCE, () -> fail()), ledger);
      assertEquals(config, Files.readString(home.config()), "no way back from delete");
      registry.lookup("store1", Operation.READ).close();
      owner.kill();
      registry.destroy("store1", Drain.atMost(Duration.ofSeconds(10)), () -> {});
    }
  }

  /** A word of a process that is gone counts nothing. */
  @Test
  void ledgerOfTheDead_countsNothingAndIsDeleted() throws IOException {
    try (DatastoreRegistry registry = home.open();
        Child victim = Child.start(home.directory())) {
      Path ledger = Path.of(victim.ask("ledger"));
      victim.ask("append store 2");
      victim.ask("add store1 " + (OperationWord.WRITE - OperationWord.CLOSED));
      assertEquals(new ActiveOperations(0, 1), registry.activeOperations("store1"));
      victim.kill();
      assertEquals(new ActiveOperations(0, 0), registry.activeOperations("store1"));
      assertFalse(Files.exists(ledger));
      registry.destroy("store1", AT_ONCE, () -> {});
    }
  }

  /** What the machine left when it crashed, or a process of another kind of machine. */
  @Test
  void ledgerOfTheDead_withoutAnOwnerFromTheStart_isBuriedByTheNextRegistry() throws IOException {
    Path ledger = home.run().resolve("1-0000000000000000.ops");
    Files.write(ledger, ledger(2, OperationWord.WRITE, "store1"));
    try (DatastoreRegistry registry = home.open()) {
      await().until(() -> !Files.exists(ledger));
      assertEquals(new ActiveOperations(0, 0), registry.activeOperations("store1"));
    }
  }

  private static byte[] ledger(int version, long word, String name) {
    ByteBuffer file = ByteBuffer.allocate(64 * 1024).order(ByteOrder.nativeOrder());
    file.putLong(0, 0x4453_4c45_4447_4552L).putInt(8, version).putInt(12, 1).putLong(16, 1);
    file.putLong(64, word).putInt(72, name.length()).put(76, name.getBytes(UTF_8));
    return file.array();
  }
}
