package io.github.datastorelookup.posix;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.function.Executable;

/** Failures that have to name the file and what is wrong with it. */
final class Failures {
  private Failures() {}

  static void assertFails(Executable call, Object... contained) {
    String message = String.valueOf(assertThrows(IOException.class, call).getMessage());
    for (Object part : contained) {
      assertTrue(message.contains(part.toString()), message);
    }
  }
}
