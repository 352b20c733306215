package io.github.datastorelookup.posix;

import static io.github.datastorelookup.posix.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which process is which, on {@code /proc} and on copies of it. */
final class ProcessIdTest {
  private static final ProcessId SELF = new ProcessId(7, 1000, 4026531836L);
  private static final ProcessId OTHER = new ProcessId(9, 2000, 4026531836L);

  private final Path proc;

  ProcessIdTest(@TempDir Path proc) {
    this.proc = proc;
  }

  @Test
  void self_onTheRealProc_runsAndIsTheOwnerOfItsLedgers() throws IOException {
    ProcessId self = ProcessId.self(ProcessId.PROC);
    assertTrue(self.isKnown());
    assertEquals(ProcessHandle.current().pid(), self.pid());
    assertTrue(self.runs(self, ProcessId.PROC));
    assertEquals(self, ProcessId.ofLedger(Path.of("/run/x", self + "-0123456789abcdef.ops")));
  }

  @Test
  void ofLedger_otherNames_isNull() {
    assertEquals(new ProcessId(12, 0, 0), ProcessId.ofLedger(Path.of("12-0123456789abcdef.ops")));
    for (String name :
        new String[] {
          ".12-0123456789abcdef.ops", "12-1-2-0123456789abcde.ops", "12-1-0123456789abcdef.ops",
          "x.ops", "12-1-2-0123456789abcdef.ops.tmp", "-1-1-2-0123456789abcdef.ops",
          "99999999999999999999-1-2-0123456789abcdef.ops"
        }) {
      assertNull(ProcessId.ofLedger(Path.of(name)), name);
    }
  }

  /** The name of a command may contain anything. */
  @ParameterizedTest
  @CsvSource({
    "java, S, 4194304, 2000, true",
    "') Z 1 (a b', R, 4194304, 2000, true",
    "java, Z, 4194304, 2000, false",
    "java, X, 4194304, 2000, false",
    "java, S, 4194308, 2000, false",
    "java, S, 4194304, 2001, false"
  })
  void runs_sameStartAndNeitherZombieNorExiting(
      String command, String state, long flags, long start, boolean runs) throws IOException {
    stat(command, state, flags, start);
    assertEquals(runs, OTHER.runs(SELF, proc));
  }

  @Test
  void runs_whatCannotBeTold_isFalse() throws IOException {
    assertFalse(OTHER.runs(SELF, proc), "no such process");
    stat("java", "S", 0, 2000);
    assertFalse(new ProcessId(9, 2000, 5).runs(SELF, proc), "another namespace");
    assertFalse(new ProcessId(9, 0, 0).runs(SELF, proc), "a name that does not tell");
    assertFalse(OTHER.runs(new ProcessId(7, 0, 0), proc), "no /proc when this process started");
  }

  @Test
  void runs_statusThatIsNone_failsByName() throws IOException {
    Files.writeString(Files.createDirectories(proc.resolve("9")).resolve("stat"), "9 (java) S 1");
    assertFails(() -> OTHER.runs(SELF, proc), proc.resolve("9/stat"), "not a process status");
  }

  @Test
  void isKnown_halfOfItIsMissing_isFalse() throws IOException {
    assertFalse(new ProcessId(9, 2000, 0).isKnown());
    assertFalse(new ProcessId(9, 0, 5).isKnown());
    stat("java", "S", 0, 2000);
    assertFalse(new ProcessId(9, 2000, 0).runs(new ProcessId(7, 1000, 0), proc));
  }

  @Test
  void runs_statusWithoutAStart_failsByName() throws IOException {
    stat("java", "S", 0, 2000);
    Path stat = proc.resolve("9/stat");
    String whole = Files.readString(stat);
    Files.writeString(stat, whole.substring(0, whole.indexOf(" 2000")));
    assertFails(() -> OTHER.runs(SELF, proc), stat, "is not a process status: fields=19");
  }

  /** A mount that shows another pid namespace would tell of other processes. */
  @Test
  void self_onAProcOfAnotherNamespace_isUnknown() throws IOException {
    Files.createSymbolicLink(proc.resolve("self"), Path.of("9"));
    Files.createDirectories(proc.resolve("9/ns"));
    Files.createSymbolicLink(proc.resolve("9/ns/pid"), Path.of("pid:[4026531836]"));
    stat("java", "S", 0, 2000);
    assertFalse(ProcessId.self(proc).isKnown());
    assertFalse(ProcessId.self(proc.resolve("nothing")).isKnown());
  }

  private void stat(String command, String state, long flags, long start) throws IOException {
    String rest = " 1 9 9 0 -1 " + flags + " 0 0 0 0 0 0 0 0 20 0 40 0 " + start + " 0 0\n";
    Files.writeString(
        Files.createDirectories(proc.resolve("9")).resolve("stat"),
        "9 (" + command + ") " + state + rest);
  }
}
