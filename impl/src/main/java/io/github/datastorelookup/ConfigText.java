package io.github.datastorelookup;

import io.github.datastorelookup.config.ConfigParseException;
import io.github.datastorelookup.config.ConfigWriteException;
import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.port.ConfigFile;
import io.github.datastorelookup.port.Reasons;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The bytes of the config file, from one read. */
final class ConfigText {
  private final String file;
  private final byte[] bytes;

  private ConfigText(String file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /**
   * Reads the file. A missing file counts as empty, unless sections are known: no save removes the
   * file, but an editor may do so for a moment. Zero bytes are never a config: no save writes them,
   * but a power failure may leave them.
   *
   * @param sectionsKnown called for a missing file only
   * @throws DatastoreException.ConfigUnavailable when it cannot be read
   */
  static ConfigText read(ConfigFile file, BooleanSupplier sectionsKnown) {
    byte[] bytes;
    try {
      bytes = file.read();
    } catch (IOException e) {
      throw new DatastoreException.ConfigUnavailable(file.path(), Reasons.of(e), e);
    }
    if (bytes == null && sectionsKnown.getAsBoolean()) {
      throw unusable(file, "the file is missing but had sections: restore it");
    } else if (bytes != null && bytes.length == 0) {
      throw unusable(file, "the file has zero bytes, as after a power failure: restore it");
    }
    return new ConfigText(file.path(), bytes == null ? new byte[0] : bytes);
  }

  private static DatastoreException unusable(ConfigFile file, String why) {
    return new DatastoreException.ConfigUnavailable(
        file.path(), why + ", or write a line feed to start without datastores", null);
  }

  /** SHA-256, in hexadecimal. */
  String digest() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Parses the text; reuses the unchanged sections of {@code known}.
   *
   * @throws DatastoreException.ConfigInvalid when it does not parse
   */
  DatastoreConfig parse(@Nullable Snapshot known) {
    try {
      return DatastoreConfig.parse(file, bytes, known == null ? null : known.config());
    } catch (ConfigParseException e) {
      throw new DatastoreException.ConfigInvalid(e);
    }
  }

  /**
   * The written form.
   *
   * @throws DatastoreException.ConfigInvalid when it would hold a control character, which a manual
   *     edit may have left in a section that this edit does not touch
   */
  static byte[] format(DatastoreConfig config, ConfigFile file) {
    try {
      return config.format();
    } catch (ConfigWriteException e) {
      throw new DatastoreException.ConfigInvalid(file.path(), e);
    }
  }
}
