package io.github.datastorelookup.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.datastorelookup.posix.SharedFiles.OpenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SharedFilesTest {
  private static final int FILES = 3000;

  /** Each ledger goes like that, when its process ends while another one counts. */
  @Test
  void open_whileTheOwnerDeletesIt_opensItOrSaysThatThereIsNone(@TempDir Path directory)
      throws Exception {
    for (int i = 0; i < FILES; i++) {
      Files.createFile(file(directory, i));
    }
    AtomicInteger begun = new AtomicInteger(-1);
    Thread owner = new Thread(() -> deleteEach(directory, begun));
    owner.start();
    int opened = 0;
    int gone = 0;
    for (int i = 0; i < FILES; i++) {
      begun.set(i);
      try {
        OpenFile file = SharedFiles.open(file(directory, i), StandardOpenOption.READ);
        file.channel().close();
        opened++;
      } catch (NoSuchFileException e) {
        gone++; // any other exception would say that the ledger is broken
      }
    }
    owner.join();
    assertEquals(FILES, opened + gone);
  }

  private static void deleteEach(Path directory, AtomicInteger begun) {
    for (int i = 0; i < FILES; i++) {
      while (begun.get() < i) {
        Thread.onSpinWait();
      }
      try {
        Files.delete(file(directory, i));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static Path file(Path directory, int i) {
    return directory.resolve(i + ".ops");
  }
}
