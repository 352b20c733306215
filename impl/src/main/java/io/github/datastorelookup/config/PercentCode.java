package io.github.datastorelookup.config;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding ({@code %41} for {@code A}), the stored form of maintenance messages. */
final class PercentCode {
  private PercentCode() {}

  /** Decodes {@code text}. A percent sign without two digits stays; invalid UTF-8 gives "". */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(encoded.length);
    for (int i = 0; i < encoded.length; i++) {
      int high = encoded[i] == '%' && i + 2 < encoded.length ? digit(encoded[i + 1]) : -1;
      int low = high >= 0 ? digit(encoded[i + 2]) : -1;
      if (low >= 0) {
        decoded.write(high << 4 | low);
        i += 2;
      } else {
        decoded.write(encoded[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(decoded.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      // The format's rule: a message that cannot be shown counts as empty.
      return "";
    }
  }

  /** Encodes {@code text} for {@link #decode}; only percent signs need a code. */
  static String encode(String text) {
    return text.replace("%", "%25");
  }

  private static int digit(byte b) {
    return b < 0 ? -1 : Character.digit((char) b, 16);
  }
}
