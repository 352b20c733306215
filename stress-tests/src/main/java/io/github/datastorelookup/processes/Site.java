package io.github.datastorelookup.processes;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The files that the processes share.
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

  /** The directory above the paths of all datastores. */
  public Path data() {
    return root.resolve("data");
  }

  /** The logs, one file for each process. */
  public Path logs() {
    return root.resolve("logs");
  }

  /** The log of this process. */
  public Path log(String process) {
    return logs().resolve(process + ".log");
  }

  private Path processes() {
    return root.resolve("pids");
  }

  /** Announces this process, so that all others check its open files. */
  public void announce() throws IOException {
    announce(ProcessHandle.current().pid());
  }

  /** Announces another process. */
  void announce(long pid) throws IOException {
    Files.createFile(processes().resolve(String.valueOf(pid)));
  }

  /** The process ids of all that announced themselves, dead ones included. */
  List<String> pids() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(processes())) {
      List<String> pids = new ArrayList<>();
      files.forEach(file -> pids.add(String.valueOf(file.getFileName())));
      return pids;
    }
  }

  /** The file that exists once this process is certainly dead. */
  Path obituary(String process) {
    return root.resolve("dead").resolve(process);
  }

  /** Tells all processes that this one is dead. */
  public void bury(String process, Set<Long> pids) throws IOException {
    for (long pid : pids) {
      Files.deleteIfExists(processes().resolve(String.valueOf(pid)));
    }
    Files.createFile(obituary(process));
  }

  /** Creates the directories. */
  public void create() throws IOException {
    Files.createDirectories(root.resolve("etc"));
    Files.createDirectories(root.resolve("dead"));
    Files.createDirectories(processes());
    Files.createDirectories(logs());
    Files.createDirectories(data());
  }
}
