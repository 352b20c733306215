package io.github.datastorelookup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.memory.MemoryProcess;
import io.github.datastorelookup.port.Locks.LockFile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The logger is code of the host: it may wait, throw and call back (K1). */
class DeferredLogTest {
  private final ManualTicker ticker = new ManualTicker();
  private final MemoryHost host = new MemoryHost(HeapWord::new, ticker);
  private final MemoryProcess other = host.start(new JvmSync());
  private final List<String> logged = new ArrayList<>();
  private Runnable atEachMessage = () -> {};
  private final DatastoreRegistry registry =
      DatastoreRegistry.builder(host.start(new LoggingSync()).ports())
          .lockTimeout(Duration.ofMillis(1))
          .withoutWatcher()
          .open();

  /** A sync with a logger that does more than log. */
  private final class LoggingSync extends JvmSync implements System.Logger {
    @Override
    public System.Logger logger(String name) {
      return this;
    }

    @Override
    public String getName() {
      return "test";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
      throw new IllegalStateException(message, thrown);
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... values) {
      logged.add(format);
      atEachMessage.run();
    }
  }

  /** All that logs with a lock in hand: loads, manual edits, evictions, failing closes, drains. */
  private void act() {
    registry.create(DatastoreSection.of("store1", Map.of("path", "/mnt/store1")));
    registry.lookup("store1", Operation.WRITE).close();
    String text = new String(host.config(), UTF_8);
    host.writeConfig(text.replace("\tpath", "\tcomment edited\n\tpath").getBytes(UTF_8));
    ticker.pass(Duration.ofMinutes(2));
    DatastoreHandle reader = registry.lookup("store1", Operation.READ);
    registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
    host.files().fail("/mnt/store1", true);
    reader.close();
    host.files().fail("/mnt/store1", false);
    host.start(new JvmSync()).kill();
    registry.destroy("store1", Drain.atMost(Duration.ZERO), () -> {});
    registry.close();
  }

  private static final List<String> EXPECTED =
      List.of("edited manually", "config loaded", "is closed", "failed to close", "finished");

  private void expectAll() {
    for (String part : EXPECTED) {
      assertTrue(logged.stream().anyMatch(each -> each.contains(part)), part + " in " + logged);
    }
  }

  @Test
  @Tag("INV-11")
  @Tag("kills:manual-edit-logged-under-the-config-lock")
  void message_ofAnyKind_isWrittenWithTheConfigLockFree() {
    TreeSet<String> locked = new TreeSet<>();
    LockFile lock = other.ports().locks().config();
    atEachMessage =
        () -> {
          try {
            if (lock.tryLock()) {
              lock.unlock();
            } else {
              locked.add(logged.get(logged.size() - 1));
            }
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        };
    act();
    expectAll();
    assertEquals(List.of(), List.copyOf(locked), "logged with the config lock held");
  }

  @Test
  void message_whoseLoggerThrows_isLostAndNothingElse() {
    atEachMessage =
        () -> {
          if (logged.size() % 2 == 0) {
            throw new IllegalStateException("log target is gone");
          }
          throw new StackOverflowError("in the logger");
        };
    act();
    expectAll();
    assertEquals(List.of(), host.files().open());
    assertEquals("\n", new String(host.config(), UTF_8));
  }

  @Test
  void message_whoseLoggerCallsTheRegistry_findsItUsable() {
    List<String> again = new ArrayList<>();
    atEachMessage =
        () -> {
          Runnable before = atEachMessage;
          atEachMessage = () -> {};
          try {
            again.add(String.valueOf(registry.stats()));
            registry.refresh();
          } finally {
            atEachMessage = before;
          }
        };
    act();
    expectAll();
    assertTrue(again.size() >= EXPECTED.size(), again.toString());
  }
}
