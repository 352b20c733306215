package io.github.datastorelookup.inspect;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All that is in a directory: names, kinds, owners, modes, times of change, and contents. */
final class Tree {
  private Tree() {}

  static Map<String, String> of(Path directory) throws IOException {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        // ctime too: it would tell of a change that was undone.
        Map<String, Object> found =
            new TreeMap<>(
                Files.readAttributes(
                    path,
                    "unix:mode,uid,gid,ino,nlink,size,lastModifiedTime,ctime",
                    NOFOLLOW_LINKS));
        int content = Files.isRegularFile(path) ? Arrays.hashCode(Files.readAllBytes(path)) : 0;
        tree.put(path.toString(), found + " content=" + content);
      }
    }
    return tree;
  }
}
