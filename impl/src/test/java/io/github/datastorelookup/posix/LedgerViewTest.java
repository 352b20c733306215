package io.github.datastorelookup.posix;

import static io.github.datastorelookup.posix.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.port.LedgerDirectory.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Looking at ledgers that are full, broken, growing, or of this very JVM. */
@Timeout(60)
final class LedgerViewTest {
  private final Path directory;
  private final Path path;

  LedgerViewTest(@TempDir Path directory) {
    this.directory = directory;
    path = directory.resolve("1-0-0-000000000000000a.ops");
  }

  private static byte[] withEntries(int segments, int count) {
    byte[] bytes = LedgerBytes.empty(segments);
    for (int i = 0; i < count; i++) {
      LedgerBytes.entry(bytes, i, "store" + i, i);
    }
    return bytes;
  }

  @Test
  void read_emptyOrFull_hasAllWords() throws IOException {
    Files.write(path, LedgerBytes.empty(1));
    assertEquals(Map.of(), LedgerView.read(path).words());
    Files.write(path, withEntries(1, 1023));
    LedgerView full = LedgerView.read(path);
    assertEquals(1023, full.words().size());
    assertEquals(1022, full.words().get("store1022"));
    assertEquals(1, full.pid());
  }

  @Test
  void read_grewWhileItWasMapped_hasTheNewWordsToo() throws IOException {
    Files.write(path, withEntries(1, 1023));
    FaultyFiles files = new FaultyFiles();
    files.actBefore("map", () -> write(withEntries(2, 1024)));
    assertEquals(1024, LedgerView.read(files.wrap(path)).words().size());
    assertEquals(0, files.openChannels());
  }

  @Test
  void read_whatIsNoLedger_isRefusedByName() throws IOException {
    expectCorrupt(new byte[100], "shorter than one segment");
    byte[] magic = withEntries(1, 1);
    magic[0] ^= 1;
    expectCorrupt(magic, "wrong magic");
    for (int count : new int[] {-1, 1024, Integer.MAX_VALUE}) {
      byte[] bytes = LedgerBytes.empty(1);
      LedgerBytes.buffer(bytes).putInt(12, count);
      expectCorrupt(bytes, "count=" + count + " room=1023");
    }
    byte[] unsafe = withEntries(1, 1);
    LedgerBytes.entry(unsafe, 1, "a/b", 0);
    expectCorrupt(unsafe, "bad or repeated name: entry=1");
    byte[] twice = withEntries(1, 2);
    LedgerBytes.entry(twice, 2, "store0", 0);
    expectCorrupt(twice, "bad or repeated name: entry=2");
  }

  private void expectCorrupt(byte[] bytes, String reason) throws IOException {
    Files.write(path, bytes);
    assertFails(() -> LedgerView.read(path), path, "is not a readable ledger: " + reason);
  }

  /** An admin may look at a copy, whose name tells of no process. */
  @Test
  void ownerLives_ofAnotherName_isFalse() throws IOException {
    Path copy = Files.write(directory.resolve("copy"), withEntries(1, 1));
    assertFalse(LedgerView.read(copy).ownerLives());
  }

  /** To look would drop the lock. */
  @Test
  @Tag("INV-13")
  void everyCall_onALedgerOfThisJvm_isRefusedUnderAnyName() throws IOException {
    Path run = directory.resolve("run");
    PosixLedgers ledgers = new PosixLedgers(run, SharedAccess.defaults(), new OwnerThread());
    try (Ledger own = ledgers.create(null)) {
      Path byName = Path.of(own.path());
      expectRefused(byName);
      expectRefused(Files.createLink(path, byName));
      assertTrue(own.inPlace());
    }
    // Of a copy of the library in another class loader, say.
    Path unclaimed = directory.resolve(byThisProcess());
    Files.write(unclaimed, LedgerBytes.empty(1));
    expectRefused(unclaimed);
  }

  private static String byThisProcess() {
    return ProcessId.self(ProcessId.PROC) + "-000000000000000a.ops";
  }

  private static void expectRefused(Path ledger) throws IOException {
    LedgerView view = new LedgerView(ledger, SharedFiles.identity(ledger), 1, null, Map.of());
    assertFails(view::ownerLives, ledger, "belongs to this JVM: inspect it from another process");
    assertFails(
        () -> LedgerView.read(ledger),
        ledger,
        "belongs to this JVM: inspect it from another process");
  }

  private void write(byte[] bytes) {
    try {
      Files.write(path, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
