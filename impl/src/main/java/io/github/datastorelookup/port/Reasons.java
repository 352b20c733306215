package io.github.datastorelookup.port;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** The text of a failure for a message: the file <em>and</em> the cause. */
public final class Reasons {
  private static final int DEEPEST_CAUSE = 10;

  private Reasons() {}

  /**
   * The message of this exception, in {@linkplain #printable printable} characters. For a missing
   * or denied file Java's message is the bare name: then the cause is appended.
   */
  public static String of(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    Throwable root = e;
    for (int i = 0; i < DEEPEST_CAUSE && root.getCause() != null; i++) {
      root = root.getCause();
    }
    if (root instanceof FileSystemException failed && failed.getReason() == null) {
      String cause = cause(failed);
      return printable(message.contains(cause) ? message : message + ": " + cause);
    }
    return printable(message);
  }

  private static String cause(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    } else if (e instanceof AccessDeniedException) {
      return "permission denied";
    } else if (e instanceof FileAlreadyExistsException) {
      return "exists already";
    } else if (e instanceof NotDirectoryException) {
      return "not a directory";
    } else if (e instanceof DirectoryNotEmptyException) {
      return "directory is not empty";
    } else if (e instanceof FileSystemLoopException) {
      return "too many levels of symbolic links";
    }
    return e.getClass().getSimpleName();
  }

  /**
   * The text with all characters escaped that a terminal would obey instead of show. The text may
   * come from a file that another user wrote.
   */
  public static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              int type = Character.getType(c);
              if (type == Character.CONTROL
                  || type == Character.FORMAT
                  || type == Character.LINE_SEPARATOR
                  || type == Character.PARAGRAPH_SEPARATOR
                  || type == Character.SURROGATE) {
                printable.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                printable.appendCodePoint(c);
              }
            });
    return printable.toString();
  }
}
