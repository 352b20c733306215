package io.github.datastorelookup.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where everything is that the processes share.
 *
 * @param root a directory of the test's own, best on a tmpfs
 */
public record Site(Path root) {
  /** The config file; its lock file is beside it. */
  public Path config() {
    return root.resolve("etc/datastore.cfg");
  }

  /** Generation page, ledgers, maintenance locks. */
  public Path run() {
    return root.resolve("run");
  }

  /** What the paths of the datastores begin with. */
  public Path data() {
    return root.resolve("data");
  }

  /** The evidence, one file for each process. */
  public Path logs() {
    return root.resolve("logs");
  }

  /** The evidence of this process. */
  public Path log(String process) {
    return logs().resolve(process + ".log");
  }

  /** Is there once this process is certainly dead. */
  Path obituary(String process) {
    return root.resolve("dead").resolve(process);
  }

  /** Lets all processes know that this one is dead. */
  public void bury(String process) throws IOException {
    Files.createFile(obituary(process));
  }

  /** Makes the directories. */
  public void create() throws IOException {
    Files.createDirectories(root.resolve("etc"));
    Files.createDirectories(root.resolve("dead"));
    Files.createDirectories(logs());
    Files.createDirectories(data());
  }
}
