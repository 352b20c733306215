package io.github.datastorelookup.posix;

import static io.github.datastorelookup.posix.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.port.LedgerDirectory;
import io.github.datastorelookup.port.LedgerDirectory.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A ledger and the two files that say what belongs together, as one. */
@Timeout(60)
final class InstallationLedgersTest {
  private final Path directory;
  private final Path run;
  private final Path configUse;
  private final Path runUse;
  private final Set<String> claims = Claims.all();
  private final LedgerDirectory ledgers;

  InstallationLedgersTest(@TempDir Path given) throws IOException {
    directory = given.toRealPath();
    run = directory.resolve("run");
    configUse = run.resolve("config-use");
    runUse = directory.resolve(".datastore.use");
    ledgers = newLedgers();
  }

  private LedgerDirectory newLedgers() {
    return PosixPorts.of(directory.resolve("datastore.cfg"), run, true).ledgers();
  }

  @Test
  void fault_ofEachFile_isThatOfTheLedger() throws IOException {
    try (Ledger ledger = ledgers.create(null)) {
      Path path = Path.of(ledger.path());
      assertTrue(ledger.inPlace());
      assertNull(ledger.fault());
      expectFault(ledger, path, "is no longer at its path");
      expectFault(ledger, runUse, "uses file=" + runUse + ", which was replaced");
      expectFault(ledger, configUse, "uses file=" + configUse + ", which was replaced");
    }
    assertEquals(claims, Claims.all());
  }

  private static void expectFault(Ledger ledger, Path moved, String fault) throws IOException {
    Path away = Files.move(moved, moved.resolveSibling("away"));
    assertFalse(ledger.inPlace());
    assertEquals(fault, ledger.fault());
    Files.move(away, moved);
    assertTrue(ledger.inPlace());
    assertNull(ledger.fault());
  }

  @Test
  void create_again_isRefusedForTheLifeOfThePorts() throws IOException {
    ledgers.create(null).close();
    assertFails(() -> ledgers.create(null), run, "these ports were opened before");
    newLedgers().create(null).close();
  }

  /** What was opened before the second file is given back. */
  @Test
  void create_secondFileIsNone_leavesNothingAndCanBeRepeated() throws IOException {
    Files.createDirectories(configUse);
    Files.setAttribute(run, "unix:mode", 01770);
    assertFails(() -> ledgers.create(null), configUse, "is not a regular file");
    assertEquals(claims, Claims.all());
    assertEquals(List.of(), PosixLedgers.files(run));
    assertFalse(Descriptors.isOpen(runUse));
    Files.delete(configUse);
    ledgers.create(null).close();
  }

  @Test
  void pruneAndOthers_areThoseOfTheRunDirectory() throws IOException {
    Files.createDirectory(run);
    Path dead = Files.write(run.resolve("1-0-0-000000000000000a.ops"), LedgerBytes.empty(1));
    assertEquals(dead.toString(), ledgers.others().get(0).path());
    ledgers.prune();
    assertFalse(Files.exists(dead));
  }

  @Test
  void view_ofWhatIsUsed_tellsAPathAndWhetherItIsOurs() throws IOException {
    Path config = directory.resolve("datastore.cfg");
    FilesView files = new FilesView(config, run);
    assertThrows(NoSuchFileException.class, files::configUse);
    try (Ledger ledger = ledgers.create(null)) {
      assertTrue(ledger.inPlace());
      assertFails(files::configUse, configUse, "is in use in this JVM");
      assertFails(files::runDirectoryUse, runUse, "is in use in this JVM");
    }
    assertEquals(
        new UseView(configUse, SharedFiles.identity(configUse), config.toString(), true),
        files.configUse());
    assertEquals(
        new UseView(runUse, SharedFiles.identity(runUse), run.toString(), true),
        files.runDirectoryUse());
    FilesView elsewhere =
        new FilesView(
            directory.resolve("datastore.cfg"), Files.createDirectory(directory.resolve("run2")));
    assertFalse(elsewhere.runDirectoryUse().agrees());
    Files.writeString(runUse, "cut");
    assertEquals(
        new UseView(runUse, SharedFiles.identity(runUse), null, false), files.runDirectoryUse());
    assertEquals(claims, Claims.all());
  }
}
