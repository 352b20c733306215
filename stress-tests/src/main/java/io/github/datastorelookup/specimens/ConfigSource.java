package io.github.datastorelookup.specimens;

import io.github.datastorelookup.config.ConfigParseException;
import io.github.datastorelookup.config.ConfigWriteException;
import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.port.ConfigFile;
import io.github.datastorelookup.port.Generations.Generation;
import io.github.datastorelookup.port.Ports;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The config file and its generation counter. Every read parses all of it. */
final class ConfigSource {
  private final ConfigFile file;
  private final @Nullable Generation generation;

  ConfigSource(Ports ports) {
    this.file = ports.configFile();
    try {
      this.generation = ports.generations().open();
    } catch (IOException e) {
      throw new SpecimenException("unable to open the generation counter", e);
    }
  }

  /** The counter, or null when there is none. */
  @Nullable Generation generation() {
    return generation;
  }

  /** The file and its digest, without a version yet. */
  Loaded read() {
    try {
      byte[] found = file.read();
      byte[] bytes = found == null ? new byte[0] : found;
      String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      return new Loaded(DatastoreConfig.parse(file.path(), bytes, null), digest, null, 0);
    } catch (IOException | ConfigParseException e) {
      throw new SpecimenException(String.valueOf(e.getMessage()), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Replaces the file, and then bumps: a crash in between hides the save for a while (P17). */
  void write(DatastoreConfig config) {
    try {
      file.replace(config.format());
    } catch (IOException | ConfigWriteException e) {
      throw new SpecimenException(String.valueOf(e.getMessage()), e);
    }
    if (generation != null) {
      long unused = generation.increment();
    }
  }
}
