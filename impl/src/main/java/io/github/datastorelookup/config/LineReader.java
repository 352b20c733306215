package io.github.datastorelookup.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads UTF-8 text line by line and tracks its position. */
final class LineReader {
  private final String file;
  private final byte[] bytes;
  private int position;
  private int line;
  private int lineEnd;

  LineReader(String file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  boolean atEnd() {
    return position >= bytes.length;
  }

  /** Where the next line starts. */
  int position() {
    return position;
  }

  /** The number of the last line read, from 1; 0 before the first. */
  int line() {
    return line;
  }

  /** Where the last line read ends: its line feed, or the end of the text. */
  int lineEnd() {
    return lineEnd;
  }

  /** Skips an empty line without making a string; false if the next line is not empty. */
  boolean skipEmptyLine() {
    if (atEnd() || bytes[position] != '\n') {
      return false;
    }
    skip(0, 1);
    return true;
  }

  /** Skips {@code length} bytes that form {@code lines} lines, and the line feed after them. */
  void skip(int length, int lines) {
    lineEnd = position + length;
    position = lineEnd + 1;
    line += lines;
  }

  /** The next line without its end (LF or CR LF; a CR at the end of the text stays). */
  String next() throws ConfigParseException {
    int start = position;
    int end = start;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    skip(end - start, 1);
    boolean withCr = end < bytes.length && end > start && bytes[end - 1] == '\r';
    return decode(start, withCr ? end - 1 : end);
  }

  ConfigParseException fault(String reason) {
    return new ConfigParseException(file, line, reason);
  }

  private String decode(int start, int end) throws ConfigParseException {
    String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    // Malformed bytes decode to U+FFFD, which a valid text may hold too: decode strictly.
    if (text.indexOf('\uFFFD') >= 0) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, end - start));
      } catch (CharacterCodingException e) {
        throw fault("invalid UTF-8");
      }
    }
    return text;
  }
}
