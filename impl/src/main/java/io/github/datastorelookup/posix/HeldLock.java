package io.github.datastorelookup.posix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Asks the kernel whether this process holds its lock on an open file. Thread-safe. Source: {@code
 * /proc/self/fdinfo/<fd>}, which lists the locks of this process on the file of that descriptor.
 *
 * <p>Any code of this JVM that opens and closes the file drops the lock, and no channel notices.
 * The table {@code /proc/locks} is no substitute: the kernel does not produce it in one step, so it
 * may omit held locks. The file stays open, so that a check needs no new descriptor.
 */
final class HeldLock implements AutoCloseable {
  private final RandomAccessFile info;

  private HeldLock(RandomAccessFile info) {
    this.info = info;
  }

  /**
   * Finds the descriptor of a file that this process has open and locked exclusively.
   *
   * @param name of the file, different from that of any other open file
   * @return null if the kernel does not show the lock
   */
  static @Nullable HeldLock find(String name, Path proc) {
    Path self = proc.resolve("self");
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(self.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        if (isOn(descriptor, name)) {
          return open(self.resolve("fdinfo").resolve(descriptor.getFileName()));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // No /proc, or one that hides this.
    }
    return null;
  }

  /** Reads the link only: a stat through it may wait for a dead disk. */
  private static boolean isOn(Path descriptor, String name) {
    try {
      return String.valueOf(Files.readSymbolicLink(descriptor).getFileName()).equals(name);
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }

  private static @Nullable HeldLock open(Path file) throws IOException {
    RandomAccessFile info = new RandomAccessFile(file.toFile(), "r");
    HeldLock found = new HeldLock(info);
    boolean shows = false;
    try {
      shows = found.isHeld();
      return shows ? found : null;
    } finally {
      if (!shows) {
        info.close();
      }
    }
  }

  /** Whether the lock is held now. */
  synchronized boolean isHeld() throws IOException {
    info.seek(0);
    byte[] text = new byte[4096];
    int length = 0;
    int read = info.read(text);
    while (read > 0) {
      length += read;
      read = info.read(text, length, text.length - length);
    }
    return new String(text, 0, length, ISO_8859_1)
        .lines()
        .anyMatch(line -> line.startsWith("lock:") && line.contains(" WRITE "));
  }

  @Override
  public void close() throws IOException {
    info.close();
  }
}
