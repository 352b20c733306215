package io.github.datastorelookup.processes;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files that the processes of a run have open, from {@code /proc/<pid>/fd}. */
final class OpenFiles {
  private OpenFiles() {}

  /**
   * The open files below this directory, deleted ones included.
   *
   * @throws IOException if the open files of this very process cannot be read
   */
  static List<String> below(Site site, Path directory) throws IOException {
    List<String> found = new ArrayList<>();
    String self = String.valueOf(ProcessHandle.current().pid());
    boolean lookedAtSelf = false;
    for (String pid : site.pids()) {
      try (DirectoryStream<Path> fds = Files.newDirectoryStream(Path.of("/proc", pid, "fd"))) {
        for (Path fd : fds) {
          String file = target(fd);
          if (file != null && file.startsWith(directory + "/")) {
            found.add("process=" + pid + " file=" + file);
          }
        }
        lookedAtSelf |= pid.equals(self);
      } catch (IOException | DirectoryIteratorException e) {
        // The process has ended, and has nothing open.
      }
    }
    if (!lookedAtSelf) {
      throw new IOException("/proc/" + self + "/fd cannot be read: no open file would be seen");
    }
    return found;
  }

  private static @Nullable String target(Path fd) {
    try {
      return Files.readSymbolicLink(fd).toString();
    } catch (IOException e) {
      return null; // closed meanwhile
    }
  }
}
