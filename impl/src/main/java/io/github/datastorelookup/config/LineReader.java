package io.github.datastorelookup.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Goes through UTF-8 text line by line and knows where it is. */
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

  /** The number of the line read last, from 1; 0 before the first. */
  int line() {
    return line;
  }

  /** Where the line read last ended: its line feed, or the end of the text. */
  int lineEnd() {
    return lineEnd;
  }

  /** Steps over an empty line without making a string of it; false if the next is not empty. */
  boolean skipEmptyLine() {
    if (atEnd() || bytes[position] != '\n') {
      return false;
    }
    skip(0, 1);
    return true;
  }

  /** Steps over {@code length} bytes that make up {@code lines} lines, and the line feed behind. */
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
    // Malformed bytes come out as U+FFFD, which may also stand in the text: then look again.
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
