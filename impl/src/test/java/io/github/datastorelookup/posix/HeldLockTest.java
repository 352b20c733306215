package io.github.datastorelookup.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel shows of a lock of this process, on {@code /proc} and on copies of it. */
@Timeout(60)
final class HeldLockTest {
  private static final String NAME = "1-0-0-000000000000000a.ops";
  private static final String SHOWN =
      "pos:\t0\nflags:\t0100002\nlock:\t1: POSIX  ADVISORY  WRITE 7 fe:00:9 0 EOF\n";

  private final Path proc;
  private final Path descriptors;
  private final Path info;

  HeldLockTest(@TempDir Path proc) throws IOException {
    this.proc = proc;
    descriptors = Files.createDirectories(proc.resolve("self/fd"));
    info = Files.createDirectories(proc.resolve("self/fdinfo")).resolve("3");
  }

  private void open(String name) throws IOException {
    Files.createSymbolicLink(descriptors.resolve("3"), Path.of("/run/x", name));
  }

  @Test
  void find_onTheRealProc_isHeldUntilTheFileIsClosedElsewhere() throws IOException {
    Path path = Files.createFile(proc.resolve(NAME));
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      assertNull(HeldLock.find(NAME, ProcessId.PROC), "not locked yet");
      assertTrue(channel.tryLock().isValid());
      try (HeldLock held = HeldLock.find(NAME, ProcessId.PROC)) {
        assertNotNull(held);
        assertTrue(held.isHeld());
        Files.readAllBytes(path);
        assertFalse(held.isHeld());
      }
    }
  }

  @Test
  void isHeld_asTheTextChanges_isWhatItSaysNow() throws IOException {
    open(NAME);
    Files.writeString(info, SHOWN);
    try (HeldLock held = Objects.requireNonNull(HeldLock.find(NAME, proc))) {
      assertTrue(held.isHeld());
      Files.writeString(info, "pos:\t0\nflags:\t0100002\n");
      assertFalse(held.isHeld());
      Files.writeString(info, SHOWN.replace("WRITE", "READ "));
      assertFalse(held.isHeld(), "shared");
      Files.writeString(info, SHOWN.replace("lock:", "note:"));
      assertFalse(held.isHeld(), "not told of a lock");
      Files.writeString(info, SHOWN + "x".repeat(10_000));
      assertTrue(held.isHeld(), "more than is read");
    }
    assertEquals(List.of(), Descriptors.below(proc));
  }

  @Test
  void find_whereNoLockIsShown_isNullAndKeepsNothingOpen() throws IOException {
    assertNull(HeldLock.find(NAME, proc.resolve("nowhere")), "no /proc");
    assertNull(HeldLock.find(NAME, proc), "no descriptor");
    open(NAME);
    assertNull(HeldLock.find(NAME, proc), "no text");
    Files.writeString(info, SHOWN.replace("WRITE", "READ "));
    assertNull(HeldLock.find(NAME, proc));
    assertEquals(List.of(), Descriptors.below(proc));
  }

  @Test
  void find_descriptorsOfOtherFiles_isNull() throws IOException {
    Files.writeString(info, SHOWN);
    Path noLink = Files.createFile(descriptors.resolve("3"));
    assertNull(HeldLock.find(NAME, proc), "closed while it was looked at");
    Files.delete(noLink);
    open("2" + NAME);
    assertNull(HeldLock.find(NAME, proc));
  }
}
