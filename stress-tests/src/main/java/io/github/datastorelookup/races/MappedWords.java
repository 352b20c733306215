package io.github.datastorelookup.races;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.posix.MappedWord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Words in a mapped file, each on a cache line of its own. They form a ring: a word is used again
 * when many others were handed out since, and its race is long over. Thread-safe.
 */
final class MappedWords {
  private static final int LINE = 64;
  private static final int WORDS = 1 << 19;
  private static final ByteBuffer FILE = map();
  private static final AtomicInteger NEXT = new AtomicInteger();

  private MappedWords() {}

  /** A word with this value. */
  static AtomicWord next(long initial) {
    int index = Math.floorMod(NEXT.getAndIncrement(), WORDS);
    MappedWord word = new MappedWord(FILE, index * LINE);
    long unused = word.getAndAdd(initial - word.get());
    return word;
  }

  /** So many bytes of zeros that begin at a cache line; two lines at most. */
  static ByteBuffer zeros(int size) {
    int index = Math.floorMod(NEXT.getAndAdd(2), WORDS);
    index = index == WORDS - 1 ? 0 : index;
    ByteBuffer lines = FILE.slice(index * LINE, size).order(ByteOrder.nativeOrder());
    for (int i = 0; i < size; i += Long.BYTES) {
      lines.putLong(i, 0);
    }
    return lines;
  }

  private static ByteBuffer map() {
    try {
      Path file = Files.createTempFile("words", ".map");
      try (FileChannel channel = FileChannel.open(file, READ, WRITE, DELETE_ON_CLOSE)) {
        return channel.map(MapMode.READ_WRITE, 0, (long) WORDS * LINE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no file to map words in", e);
    }
  }
}
