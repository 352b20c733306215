package io.github.datastorelookup.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.posix.PosixPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The config file and the run directory of one fork, for the datastores that all forks share. */
final class BenchmarkInstallation {
  private final Path root = Tmpfs.root();
  private final Path directory;
  private final int datastores;

  BenchmarkInstallation(int datastores) throws IOException {
    this.datastores = datastores;
    this.directory = Files.createTempDirectory(root, "fork");
    Files.write(configFile(), config());
  }

  private Path configFile() {
    return directory.resolve("datastore.cfg");
  }

  /** The directory of this fork. */
  Path directory() {
    return directory;
  }

  /** Sections of an ordinary size. */
  private byte[] config() {
    StringBuilder text = new StringBuilder();
    for (String name : Names.of(datastores)) {
      text.append(text.isEmpty() ? "" : "\n")
          .append("datastore: ")
          .append(name)
          .append("\n\tcomment backups of site ")
          .append(name)
          .append("\n\tgc-schedule daily\n\tnotification-mode notification-system\n\tpath ")
          .append(Tmpfs.store(root, name))
          .append('\n');
    }
    return text.toString().getBytes(UTF_8);
  }

  /**
   * Files, locks and words on the tmpfs. Chunk stores are in memory when the limit of open files is
   * too low for them; a warm lookup does not touch them.
   */
  Ports onFiles() {
    Ports files = PosixPorts.of(configFile(), directory.resolve("run"), true);
    return Tmpfs.canOpen(datastores) ? files : files.withChunkStores(inMemory().chunkStores());
  }

  /** All in memory, words on the heap. */
  Ports inMemory() {
    MemoryHost host = new MemoryHost();
    for (String name : Names.of(datastores)) {
      host.files().create(Tmpfs.store(root, name).toString());
    }
    host.writeConfig(config());
    return host.start(new JvmSync()).ports();
  }

  void delete() throws IOException {
    Tmpfs.delete(directory);
  }
}
