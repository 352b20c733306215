package io.github.datastorelookup.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.port.FileIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who holds which lock. */
@Timeout(60)
final class LockTableTest {
  private final Path directory;

  LockTableTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void holders_ofALockOfAnotherProcess_isThatProcess() throws IOException {
    Files.createDirectory(directory.resolve("run"));
    try (Child child = Child.start(directory)) {
      Path file = directory.resolve("run/locks/store1.lck");
      child.ask("lock store1");
      FileIdentity identity = SharedFiles.identity(file);
      assertEquals(Set.of(child.pid()), now().holders(identity));
      child.ask("unlock store1");
      assertEquals(Set.of(), now().holders(identity));
    }
  }

  /** Device 0x1f:0xa2b has its parts at three places of the number. */
  @Test
  void holders_byTheText_areTheHoldersOfRecordLocksOnly() throws IOException {
    LockTable table =
        LockTable.read(
            Files.writeString(
                directory.resolve("locks"),
                """
                1: POSIX  ADVISORY  WRITE 11 1f:a2b:7 0 EOF
                1: -> POSIX  ADVISORY  WRITE 12 1f:a2b:7 0 EOF
                2: FLOCK  ADVISORY  WRITE 13 1f:a2b:7 0 EOF
                3: OFDLCK ADVISORY  WRITE -1 1f:a2b:7 0 EOF
                4: POSIX  ADVISORY  READ  15 1f:a2b:7 5 9
                5: POSIX  ADVISORY  READ  16 1f:a2b:8 0 EOF
                6: LEASE  ACTIVE    READ  17 1f:a2b:7 0 EOF
                7: POSIX  ADVISORY  READ  18 01:02:18446744073709551615 0 EOF
                8: POSIX  ADVISORY  READ  -1 1f:a2b:7 0 EOF
                9: POSIX  ADVISORY  READ  19
                nonsense
                """));
    long device = 0x1fL << 8 | 0x2b | 0xa00L << 12;
    assertEquals(Set.of(11L, 15L), table.holders(new FileIdentity(device, 7)));
    assertEquals(Set.of(15L), table.sharers(new FileIdentity(device, 7)));
    assertEquals(Set.of(16L), table.holders(new FileIdentity(device, 8)));
    assertEquals(Set.of(18L), table.holders(new FileIdentity(0x102, -1)));
    assertEquals(Set.of(), table.holders(new FileIdentity(0x102, 7)));
    assertTrue(table.known());
  }

  /** Each value that {@code lock_get_status} of the kernel prints in a field, with each other. */
  @Test
  void holders_anyValueInAnyField_areTheHoldersOfRecordLocksOnly() throws IOException {
    for (String number : List.of("1:", "1234567:", "1: ->", "2:     ->")) {
      for (String type : List.of("POSIX ", "ACCESS", "OFDLCK", "FLOCK ", "LEASE ", "DELEG ")) {
        for (String kind :
            List.of("ADVISORY ", "MANDATORY", "*NOINODE*", "MSNFS    ", "ACTIVE   ", "BREAKER  ")) {
          for (String file : List.of("fe:00:7", "<none>:0", "fe:00:77", "fe:00:")) {
            for (String end :
                List.of("READ  4711 %s 0 EOF", "WRITE 4711 %s 128 128", "UNLCK 4711 %s 0 EOF")) {
              String line =
                  number + " " + type + " " + kind + " " + String.format(Locale.ROOT, end, file);
              Path text = Files.writeString(directory.resolve("locks"), line + "\n");
              boolean holds = !number.contains(">") && type.equals("POSIX ") && file.endsWith(":7");
              assertEquals(
                  holds ? Set.of(4711L) : Set.of(),
                  LockTable.read(text).holders(new FileIdentity(0xfe00, 7)),
                  line);
              assertEquals(
                  holds && end.startsWith("READ") ? Set.of(4711L) : Set.of(),
                  LockTable.read(text).sharers(new FileIdentity(0xfe00, 7)),
                  line);
            }
          }
        }
      }
    }
  }

  @Test
  void read_ofNoFile_fails() {
    assertThrows(IOException.class, () -> LockTable.read(directory.resolve("nowhere")));
    assertFalse(LockTable.unknown().known());
  }

  private static LockTable now() throws IOException {
    return LockTable.read(Path.of("/proc/locks"));
  }
}
