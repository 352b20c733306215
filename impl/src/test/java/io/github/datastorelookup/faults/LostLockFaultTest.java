package io.github.datastorelookup.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.posix.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs that drop a lock of the library without knowing: record locks belong to the process, and
 * closing any descriptor of the file drops them. Real processes; another one then decides.
 */
@Timeout(60)
@Tag("INV-3")
class LostLockFaultTest {
  private final Home home;

  LostLockFaultTest(@TempDir Path directory) throws IOException {
    home = new Home(directory);
  }

  @Test
  void destroy_besideAProcessThatReadItsLedger_isRefusedBeforeDeleteIsSaved() throws IOException {
    String config = Files.readString(home.config());
    try (Child host = start();
        Child other = start()) {
      host.ask("lookup store1");
      host.ask("read " + home.run());
      String answer = other.ask("destroy store1");
      assertTrue(answer.startsWith("LedgerUnavailable: "), answer);
      assertTrue(answer.contains("process " + host.pid() + " lost its lock"), answer);
      assertEquals(config, Files.readString(home.config()));
      host.ask("refresh");
      String refused = host.ask("lookup store1");
      assertTrue(refused.startsWith("SharedStateReplaced: "), refused);
      host.kill();
      assertEquals("MaintenanceFailed", other.ask("destroy store1").substring(0, 17));
    }
  }

  /** A copy of the library in another class loader has claims of its own, and opens nothing. */
  @Test
  void open_inAnotherClassLoader_isRefusedAndTheFirstKeepsItsLocks() throws IOException {
    try (Child host = start();
        Child other = start()) {
      host.ask("lookup store1");
      assertEquals("true", host.ask("guard"));
      for (String before : new String[] {"refresh", "forget-properties"}) {
        assertEquals("done", host.ask(before));
        String answer = host.ask("open-in-another-loader");
        assertTrue(answer.startsWith("LedgerUnavailable: "), answer);
        assertTrue(answer.contains("already has a ledger"), answer);
      }
      assertEquals("done", host.ask("refresh"));
      assertEquals("DatastoreInUse", other.ask("destroy store1").substring(0, 14));
    }
  }

  /** That lock is lost, which docs/limits.md tells; what the ledger counts is not. */
  @Test
  void destroy_besideAWriterThatReadItsDatastore_waitsForIt() throws IOException {
    try (Child host = start();
        Child other = start()) {
      host.ask("lookup store1");
      assertEquals("true", host.ask("guard"));
      host.ask("read " + home.store("store1"));
      assertEquals("DatastoreInUse", other.ask("destroy store1").substring(0, 14));
    }
  }

  private Child start() throws IOException {
    return Child.start(home.directory(), HostMain.class);
  }
}
