package io.github.datastorelookup.posix;

import static java.nio.file.StandardOpenOption.READ;

import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.posix.SharedFiles.OpenFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The content, at one moment, of a file that names the config file or run directory in use. The
 * holders of its lock use the path that it names. Without holders it names the path used last.
 *
 * @param path of the file
 * @param identity of the file
 * @param theirs the path that it names, or null if it is torn
 * @param agrees whether that is the path of this view
 */
public record UseView(Path path, FileIdentity identity, @Nullable String theirs, boolean agrees) {
  // As UseFile writes it: the key of a directory, or of a file in one, and a path.
  private static final Pattern WHOLE =
      Pattern.compile("-?[0-9]+:-?[0-9]+(?:/[^/]+)? (/.*)\n", Pattern.DOTALL);

  /**
   * Reads the file; takes no lock.
   *
   * @param key of the path of this view
   * @throws java.nio.file.NoSuchFileException when there is none
   * @throws IOException when it cannot be read
   */
  static UseView read(Path path, String key) throws IOException {
    Object reader = new Object();
    OpenFile file =
        SharedFiles.openClaimed(
            path, reader, "is in use in this JVM: inspect it from another process", READ);
    try (FileChannel channel = file.channel()) {
      String found = UseFile.read(channel);
      Matcher whole = WHOLE.matcher(found);
      return new UseView(
          path,
          file.identity(),
          whole.matches() ? whole.group(1) : null,
          found.startsWith(key + " "));
    } finally {
      JvmClaims.release(file.identity(), reader);
    }
  }
}
