package io.github.datastorelookup.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.datastorelookup.posix.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is shown of other processes, living and dead. */
@Timeout(60)
final class InspectProcessesTest {
  private final Path directory;

  InspectProcessesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void liveProcess_withAHandle_isWhomAnUnmountWouldWaitFor() throws IOException {
    try (Child child = Child.start(directory, RegistryMain.class)) {
      child.ask("create store1");
      child.ask("create store2");
      child.ask("create store3");
      child.ask("lookup store1 READ");
      child.ask("lookup store1 WRITE");
      child.ask("lookup store1 WRITE");
      child.ask("lookup store2 READ");
      child.ask("drop");
      child.ask("lookup store1 WRITE");
      Map<String, String> before = Tree.of(directory);
      Shown shown = Shown.inspect(directory).ok();
      assertEquals(before, Tree.of(directory));
      long pid = child.pid();
      shown.has("live " + pid + " 2 ", " at its path ", "store1 " + pid + " 0 1 open\n");
      shown.has("store2 " + pid + " 0 0 open\n");
      shown.line("store1 - free " + path("store1") + " pid " + pid + " (READ 0, WRITE 1)");
      shown.line("store2 - free " + path("store2") + " pid " + pid + " (idle, closes by itself)");
      assertEquals("store3 - free " + path("store3") + " no process", shown.line("store3 - "));
    }
  }

  @Test
  void maintenanceTask_thatHangs_isShownAsHolderOfItsLockAndCanGoOn() throws IOException {
    try (Child child = Child.start(directory, RegistryMain.class);
        Child other = Child.start(directory, RegistryMain.class)) {
      child.ask("create store1");
      child.ask("create store2");
      other.ask("task store1");
      child.ask("offline store2");
      Shown shown = Shown.inspect(directory).ok();
      shown.has("store1 unmount pid " + other.pid() + " " + path("store1") + " no process\n");
      shown.has("store2 offline (disk swap) free " + path("store2") + " no process\n");
      shown.hasNot("no task");
      child.ask("create store3"); // looking left no lock behind
    }
    Shown.inspect(directory).ok().has("note: datastore store1: is in mode unmount, but no task");
  }

  @Test
  void deadProcess_withAHandle_countsNothingAndItsLedgerStays() throws IOException {
    long dead;
    try (Child child = Child.start(directory, RegistryMain.class)) {
      dead = child.pid();
      child.ask("create store1");
      child.ask("lookup store1 READ");
      child.ask("lookup store1 WRITE");
      child.ask("lookup store1 WRITE");
      child.kill();
    }
    Map<String, String> before = Tree.of(directory);
    Shown shown = Shown.inspect(directory).ok();
    assertEquals(before, Tree.of(directory));
    shown.has("dead " + dead + " 1 ", "operations and open files: none");
    shown.has("store1 - free " + path("store1") + " no process\n");
    shown.has("pid " + dead + " died with 1 READ and 2 WRITE running, no longer counted");
    Shown.inspect(directory).ok().has("dead " + dead);
  }

  /** A drain probes too: it must never take the one who looks for the owner of a dead ledger. */
  @Test
  void deadProcess_inspectedBefore_isFoundDeadByTheNextTask() throws IOException {
    try (Child survivor = Child.start(directory, RegistryMain.class);
        Child child = Child.start(directory, RegistryMain.class)) {
      survivor.ask("create store1"); // it is up, and tidies up no more
      child.ask("lookup store1 WRITE");
      child.kill();
      Shown.inspect(directory).ok().has(" dead " + child.pid());
      survivor.ask("task store1");
      Shown.inspect(directory).ok().hasNot(" dead ").has(" live " + survivor.pid());
    }
  }

  @Test
  void closedProperly_leavesNothingToShow() throws IOException {
    try (Child child = Child.start(directory, RegistryMain.class)) {
      child.ask("create store1");
      child.ask("close");
      Shown.inspect(directory).ok().has("processes: none").hasNot("note:");
    }
  }

  @Test
  void generationPage_replacedUnderALiveProcess_isAProblemAndDrainsFail() throws IOException {
    try (Child child = Child.start(directory, RegistryMain.class)) {
      child.ask("create store1");
      Path page = directory.resolve("run/config-versions");
      Files.write(directory.resolve("new"), Files.readAllBytes(page));
      Files.move(page, directory.resolve("old"));
      Shown gone = Shown.inspect(directory).problems("1 problem: generation page");
      gone.has("generation page " + page + ", none", page + ": it does not hear of saves");
      Files.move(directory.resolve("new"), page);
      Shown shown = Shown.inspect(directory).problems("1 problem: generation page");
      shown.has(" NOT at its path ", "problem: generation page: pid " + child.pid() + " uses ");
      shown.has("store1 - free " + path("store1") + " it would FAIL: see the problems");
    }
  }

  @Test
  void sectionRemovedByHand_whileInUse_isANote() throws IOException {
    try (Child child = Child.start(directory, RegistryMain.class)) {
      child.ask("create store1");
      child.ask("lookup store1 READ");
      Files.writeString(directory.resolve("datastore.cfg"), "\n");
      Shown.inspect(directory)
          .ok()
          .has("note: datastore store1: is not in the config, but in use by pid " + child.pid());
    }
  }

  @Test
  void configLock_heldByAnotherProcess_isNamedAndNothingIsProbed() throws IOException {
    try (Child registry = Child.start(directory, RegistryMain.class);
        Child child = Child.start(directory, RegistryMain.class);
        Child holder = Child.start(directory)) {
      long dead = child.pid();
      registry.ask("create store1"); // it is up, and tidies up no more
      child.ask("lookup store1 READ");
      child.kill();
      registry.ask("lookup store1 READ");
      assertEquals("true", holder.ask("lock config"));
      Shown shown = Shown.inspect(directory).problems("1 problem: config lock");
      shown.has("config lock held by pid " + holder.pid());
      shown.has("held for more than 200 ms by pid " + holder.pid() + "; ledgers were not probed");
      shown.has(" locked " + registry.pid(), " not probed " + dead);
      shown.has("pid " + registry.pid() + " (READ 1, WRITE 0)");
      shown.has("pid " + dead + " (READ 1, WRITE 0, if it lives)");
      holder.ask("unlock config");
      Shown.inspect(directory).ok().has("live " + registry.pid());
    }
  }

  /** Two who look at once do not keep each other waiting, and do not lie to each other. */
  @Test
  void ledger_ofADeadProcess_isDeadToSeveralWhoLookAtOnce() throws IOException {
    try (Child child = Child.start(directory, RegistryMain.class)) {
      child.ask("create store1");
      child.kill();
    }
    try (Child first = Child.start(directory, InspectMain.class);
        Child second = Child.start(directory, InspectMain.class)) {
      List<String> answers =
          Stream.of(first, second).parallel().map(InspectProcessesTest::inspectOften).toList();
      assertEquals(List.of("dead", "dead"), answers);
    }
  }

  private static String inspectOften(Child child) {
    try {
      return child.ask("50");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void idleProcess_afterTheModeIsSet_isWaitedForNoLonger() throws IOException {
    try (Child child = Child.start(directory, RegistryMain.class)) {
      child.ask("create store1");
      child.ask("lookup store1 READ");
      child.ask("drop");
      Shown.inspect(directory).ok().has("(idle, closes by itself)");
      child.ask("offline store1");
      Awaitility.await()
          .untilAsserted(
              () ->
                  Shown.inspect(directory)
                      .has("store1 offline (disk swap) free " + path("store1") + " no process\n"));
    }
  }

  private String path(String name) {
    return directory.resolve("data").resolve(name).toString();
  }
}
