package io.github.datastorelookup.port;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The file {@code datastore.cfg}. */
public interface ConfigFile {
  /** The file's name, for messages. */
  String path();

  /**
   * Requires that the directory of the file exists: a registry does not open on a mistyped path.
   *
   * @throws IOException when its directory is missing, or cannot be examined
   */
  default void requireDirectory() throws IOException {}

  /**
   * Reads the whole file. May return half of a concurrent manual edit.
   *
   * @return the bytes, or null when the file does not exist
   * @throws IOException when it exists but cannot be read
   */
  byte @Nullable [] read() throws IOException;

  /**
   * Replaces the file atomically: a reader sees the old bytes or the new ones, and after the return
   * the new ones survive a power failure. After an exception the file may hold either.
   *
   * @throws IOException when the file could not be written or replaced
   */
  void replace(byte[] content) throws IOException;
}
