package io.github.datastorelookup.races;

import io.github.datastorelookup.port.ConfigFile;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A config file whose readers act on it only a while later. */
record SlowConfigFile(ConfigFile file) implements ConfigFile {
  @Override
  public String path() {
    return file.path();
  }

  @Override
  public byte @Nullable [] read() throws IOException {
    byte[] bytes = file.read();
    Spin.longer();
    return bytes;
  }

  @Override
  public void replace(byte[] content) throws IOException {
    file.replace(content);
  }
}
