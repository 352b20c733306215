package io.github.datastorelookup.posix;

import static java.nio.file.StandardOpenOption.READ;

import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.posix.SharedFiles.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/**
 * The generation page at its path, at one moment.
 *
 * @param path of the page
 * @param identity of the file
 * @param generation of the datastores, unsigned
 */
public record PageView(Path path, FileIdentity identity, long generation) {
  /**
   * Reads the page.
   *
   * @throws java.nio.file.NoSuchFileException when there is none
   * @throws IOException when it cannot be read, or is no generation page
   */
  static PageView read(Path path) throws IOException {
    OpenFile file = SharedFiles.open(path, READ);
    try (FileChannel channel = file.channel()) {
      ByteBuffer page = GenerationLayout.map(path, channel, MapMode.READ_ONLY);
      long generation = new MappedWord(page, GenerationLayout.DATASTORE).get();
      return new PageView(path, file.identity(), generation);
    } catch (InternalError e) {
      throw SharedFiles.refuse(path, "became shorter while it was being read");
    }
  }
}
