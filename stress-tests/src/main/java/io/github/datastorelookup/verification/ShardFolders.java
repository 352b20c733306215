package io.github.datastorelookup.verification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Merges the folders of the shards of one run: {@code -Dmerge=folder}. */
final class ShardFolders {
  private ShardFolders() {}

  /**
   * Writes what one run of everything would have written.
   *
   * @param root the folder of the parent pom
   * @param folder holds a folder for each shard
   * @return the verdict of the whole run
   */
  static RunVerdict merge(Path root, Path folder, Terminal terminal) throws IOException {
    try {
      Map<Path, RunResults> shards = read(folder);
      RunResults whole = Merge.join(shards.values());
      RunSettings settings = new RunSettings(root, whole.budget(), whole.seed());
      KeptRuns.makeRoom(settings.output());
      RunOutput output = new RunOutput(settings, whole.environment(), terminal);
      for (Path shard : shards.keySet()) {
        copy(shard, settings.output());
      }
      for (LayerResult layer : whole.layers()) {
        output.layer(layer);
      }
      return output.end(whole).verdict();
    } catch (MergeException e) {
      terminal.line("merge=" + folder + " is refused: " + e.getMessage());
      return RunVerdict.FAILED;
    }
  }

  private static Map<Path, RunResults> read(Path folder) throws IOException, MergeException {
    if (!Files.isDirectory(folder)) {
      throw new MergeException("there is no such folder");
    }
    Map<Path, RunResults> shards = new LinkedHashMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path each : all.filter(Files::isDirectory).sorted().toList()) {
        try {
          shards.put(each, RunResults.read(each));
        } catch (IOException e) {
          throw new MergeException("folder=" + each.getFileName() + " is of no shard: " + e, e);
        }
      }
    }
    return shards;
  }

  /** Copies the files that the page links to; no two shards have the same one. */
  private static void copy(Path shard, Path target) throws IOException {
    try (Stream<Path> all = Files.walk(shard)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = shard.relativize(file).toString();
        if (name.matches("counterexamples/.*|jcstress/[^/]+/report/(?!index)[^/]+\\.html")) {
          Path copy = target.resolve(name);
          Path unused = Files.createDirectories(copy.resolveSibling(""));
          Path unused2 = Files.copy(file, copy);
        }
      }
    }
  }
}
