package io.github.datastorelookup.inspect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is shown of files that are missing, broken or strange. */
@Timeout(60)
final class InspectFilesTest {
  private static final int SEGMENT = 64 * 1024;
  private static final long CLOSED = 1L << 61;

  private final Path directory;
  private final Path config;
  private final Path run;

  InspectFilesTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    config = Files.writeString(directory.resolve("datastore.cfg"), "\n");
    run = Files.createDirectory(directory.resolve("run"));
  }

  @Test
  void emptyInstallation_isAllRightAndStaysEmpty() throws IOException {
    Map<String, String> before = Tree.of(directory);
    Shown shown = Shown.inspect(directory).ok();
    assertEquals(before, Tree.of(directory));
    shown.has("config lock none yet", "generation none", "datastores: none");
    shown.has("note: generation page: ", "there is none, and no live process needs one");
  }

  @Test
  void nothingThere_isReportedAndNothingIsMade() throws IOException {
    Path nowhere = directory.resolve("nowhere");
    Shown shown = Shown.inspect(nowhere).problems("2 problems: config, run directory");
    shown.has("problem: config: " + nowhere.resolve("datastore.cfg") + ": no such file");
    shown.has("problem: run directory: " + nowhere.resolve("run") + ": no such file");
    assertEquals(false, Files.exists(nowhere));
  }

  @Test
  void config_thatDoesNotParse_isNamedByLine() throws IOException {
    Files.writeString(config, "datastore: store1\n\tpath /a\n\n\ndatastore: store2\n\tbogus 1\n");
    Shown shown = Shown.inspect(directory).problems("1 problem: config");
    shown.has("problem: config: " + config + " line 6: unknown property 'bogus'", ", not read");
  }

  @Test
  void config_ofZeroBytes_isAProblem() throws IOException {
    Files.writeString(config, "");
    Shown shown = Shown.inspect(directory).problems("1 problem: config");
    shown.has("problem: config: has zero bytes; lookups and saves are refused", ", not read");
  }

  @Test
  void config_thatIsADirectory_isAProblem() throws IOException {
    Files.delete(config);
    Files.createDirectory(config);
    Shown.inspect(directory)
        .problems("1 problem: config")
        .has("problem: config: " + config + ": is not a regular file");
  }

  @Test
  void config_thatIsANamedPipe_isAProblemAndNoHang() throws Exception {
    Files.delete(config);
    assertEquals(0, new ProcessBuilder("mkfifo", config.toString()).start().waitFor());
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Shown.inspect(directory))
        .problems("1 problem: config")
        .has("is not a regular file");
  }

  @Test
  void config_withUnknownModeOrRelativePath_isAProblem() throws IOException {
    Files.writeString(
        config,
        """
        datastore: store1
        	path /a
        	maintenance-mode ofline

        datastore: store2
        	path b
        """);
    Shown shown = Shown.inspect(directory);
    shown.problems("2 problems: datastore store1, datastore store2");
    shown.has("store1 UNKNOWN free /a no process\n");
    shown.has("problem: datastore store1: unknown maintenance mode 'ofline': READ and WRITE are");
    shown.has("problem: datastore store2: path is not absolute");
  }

  @Test
  void config_withAMessageThatATerminalWouldObey_isShownEscaped() throws IOException {
    Files.writeString(
        config, "datastore: store1\n\tpath /a\n\tmaintenance-mode offline,message=a%1b[2Jb%0aok\n");
    Shown.inspect(directory).ok().has("offline (a\\u001b[2Jb\\u000aok)");
  }

  @Test
  void config_withARemovableDatastore_tellsWhetherItIsMounted() throws IOException {
    Files.writeString(
        config,
        """
        datastore: store1
        	path a
        	backing-device 01234567-0123-0123-0123-0123456789ab
        """);
    Shown.inspect(directory)
        .ok()
        .has("store1 - free /mnt/datastore/store1 (not mounted) no process");
  }

  @Test
  void corruptLedgers_areReportedOneByOneAndTheRestIsShown() throws IOException {
    Files.writeString(config, "datastore: store1\n\tpath /a\n");
    lockFile();
    Files.write(run.resolve("1-0-0-000000000000000a.ops"), ledger(1, "store1", CLOSED + 1));
    byte[] magic = ledger(2, "store1", 0);
    magic[0] ^= 1;
    Files.write(run.resolve("2-0-0-000000000000000a.ops"), magic);
    Files.write(run.resolve("3-0-0-000000000000000a.ops"), new byte[100]);
    byte[] count = ledger(4, "store1", 0);
    buffer(count).putInt(12, 2000);
    Files.write(run.resolve("4-0-0-000000000000000a.ops"), count);
    Files.write(run.resolve("5-0-0-000000000000000a.ops"), ledger(5, "../x", 0));
    Files.createSymbolicLink(
        run.resolve("6-0-0-000000000000000a.ops"), run.resolve("1-0-0-000000000000000a.ops"));
    Files.createDirectory(run.resolve("7-0-0-000000000000000a.ops"));
    Map<String, String> before = Tree.of(directory);
    Shown shown = Shown.inspect(directory).ok();
    assertEquals(before, Tree.of(directory));
    shown.has("dead 1 1 ", "dead ? ? ? 2-0-0-000000000000000a.ops");
    shown.has(
        "2-0-0-000000000000000a.ops: is not a readable ledger: wrong magic; its process is dead");
    shown.has("3-0-0-000000000000000a.ops: is not a readable ledger: shorter than one segment");
    shown.has("4-0-0-000000000000000a.ops: is not a readable ledger: count=2000 room=1023");
    shown.has(
        "5-0-0-000000000000000a.ops: is not a readable ledger: bad or repeated name: entry=0");
    shown.has(
        "6-0-0-000000000000000a.ops: is a symbolic link",
        "7-0-0-000000000000000a.ops: is not a regular file");
    shown.has("store1 - free /a no process\n");
  }

  @Test
  @Tag("INV-3")
  @Tag("kills:inspect-probes-without-the-config-lock")
  void ledgers_withoutAConfigLock_areNotProbed() throws IOException {
    Files.write(run.resolve("1-0-0-000000000000000a.ops"), ledger(1, "store1", CLOSED + 1));
    Shown shown = Shown.inspect(directory).problems("1 problem: config lock");
    shown.has("config lock none yet", "not probed 1 1 none 1-0-0-000000000000000a.ops");
    shown.has("store1 1 1 0 CLOSED\n");
  }

  @Test
  void configLock_thatIsASymbolicLink_isNotTaken() throws IOException {
    Files.createSymbolicLink(directory.resolve(".datastore.lck"), config);
    Shown.inspect(directory).problems("1 problem: config lock").has("config lock unknown");
  }

  @Test
  void generationPage_corrupt_isAProblem() throws IOException {
    Path page = run.resolve("config-versions");
    Files.write(page, new byte[100]);
    Shown.inspect(directory).problems("1 problem: generation page").has("size=100 expected=4096");
    Files.write(page, new byte[4096]);
    Shown.inspect(directory).problems("1 problem: generation page").has("wrong magic");
  }

  @Test
  void generationPage_thatCannotBeLookedAt_isNotCalledMissing() throws IOException {
    Files.delete(run);
    Files.createSymbolicLink(run, run);
    Shown loop = Shown.inspect(directory).problems("2 problems: generation page, run directory");
    loop.has("generation unknown", "/config-versions, unknown", "Too many levels");
    loop.hasNot("note:");
    Files.delete(run);
    Files.createDirectory(run);
    Files.createSymbolicLink(run.resolve("config-versions"), config);
    Shown link = Shown.inspect(directory).problems("1 problem: generation page");
    link.has("generation unknown", "is a symbolic link").hasNot("note:");
  }

  /** By datastore, not by process: the question is who has it. */
  @Test
  void operations_ofSeveralProcesses_areSortedByDatastore() throws IOException {
    Files.write(run.resolve("1-0-0-000000000000000a.ops"), ledger(1, "store2", 1));
    Files.write(
        run.resolve("2-0-0-000000000000000a.ops"), ledger(2, "store1", 2L << 30 | 1L << 60));
    Files.write(run.resolve("3-0-0-000000000000000a.ops"), ledger(3, "store2", 3));
    Shown.inspect(directory).has("store1 2 0 2 CLOSING\n store2 1 1 0 open\n store2 3 3 0 open\n");
  }

  @Test
  void ledger_withAnImpossibleWord_isAProblem() throws IOException {
    for (long word : new long[] {-1, 1L << 62, 3L << 60, 1L << 29, 1L << 59}) {
      Files.write(run.resolve("1-0-0-000000000000000a.ops"), ledger(1, "store1", word));
      Shown.inspect(directory)
          .problems("2 problems: ledger, config lock")
          .has(
              String.format(
                  Locale.ROOT,
                  "1-0-0-000000000000000a.ops: impossible word of store1: 0x%016x",
                  word));
    }
  }

  private void lockFile() throws IOException {
    Files.createFile(directory.resolve(".datastore.lck"));
  }

  private static byte[] ledger(long pid, String name, long word) {
    byte[] bytes = new byte[SEGMENT];
    byte[] ascii = name.getBytes(US_ASCII);
    buffer(bytes).putLong(0, 0x44534c4544474552L).putInt(8, 2).putInt(12, 1).putLong(16, pid);
    buffer(bytes).putLong(64, word).putInt(72, ascii.length).put(76, ascii);
    return bytes;
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }
}
