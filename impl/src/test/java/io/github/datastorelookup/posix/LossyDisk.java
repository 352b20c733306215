package io.github.datastorelookup.posix;

import io.github.datastorelookup.posix.FaultyFiles.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a power failure may leave of a directory tree, as POSIX has it: of an entry that was made,
 * renamed or deleted, nothing is sure until its directory was synced, in whatever order; of what
 * was written into a file, nothing is sure until the file was synced, and a write may be torn.
 *
 * <p>Knows of changes by {@link FaultyFiles}, and so of none by mapped memory.
 */
final class LossyDisk {
  /** The content of a directory. */
  static final String DIRECTORY = "a directory";

  /** Beyond this many changes that may be lost not each subset of them is tried. */
  private static final int ALL_SUBSETS = 6;

  /** A file, or a directory, whose content is its entries. */
  private static final class Node {
    private final boolean directory;
    private final List<Change> unsynced = new ArrayList<>();
    private byte[] synced = {};

    Node(boolean directory) {
      this.directory = directory;
    }

    void sync() {
      synced = content(Loss.NOTHING);
      unsynced.clear();
    }

    byte[] content(Loss loss) {
      byte[] all = synced;
      for (int i = 0; i < unsynced.size(); i++) {
        Change write = unsynced.get(i);
        int length =
            switch (loss) {
              case NOTHING -> write.content().length();
              case EVERYTHING -> 0;
              case HALVES -> write.content().length() / 2;
              case ALL_BUT_THE_LAST -> i < unsynced.size() - 1 ? 0 : write.content().length();
            };
        int end = Math.toIntExact(write.position()) + length;
        if (length > 0) {
          all = Arrays.copyOf(all, Math.max(all.length, end));
          System.arraycopy(
              write.content().getBytes(StandardCharsets.ISO_8859_1),
              0,
              all,
              Math.toIntExact(write.position()),
              length);
        }
      }
      return all;
    }
  }

  /** What is lost of the unsynced writes of each file. */
  private enum Loss {
    NOTHING,
    EVERYTHING,
    HALVES,
    ALL_BUT_THE_LAST
  }

  /** An entry is set, or removed if the node is null. */
  private record Entry(Path path, @Nullable Node node) {}

  /** The entries of now. */
  private final Map<Path, Node> live = new TreeMap<>();

  /** Those that no power failure takes away. */
  private final Map<Path, Node> durable = new TreeMap<>();

  private final List<Entry> unsynced = new ArrayList<>();

  /**
   * A disk with what is below this directory, all of it synced; of the files only those of the
   * directory itself have their content: reading others could lose locks of this process.
   */
  LossyDisk(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        Node node = new Node(Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS));
        if (!node.directory
            && !each.getFileName().toString().startsWith(".")
            && root.equals(each.getParent())) {
          node.synced = Files.readAllBytes(each);
        }
        live.put(each, node);
        durable.put(each, node);
      }
    }
  }

  /** Something was done. */
  void apply(Change change) {
    Path path = change.path();
    switch (change.what()) {
      case "create" -> set(path, new Node(false));
      case "mkdir" -> set(path, new Node(true));
      case "link" -> set(path, live(change.from()));
      case "delete" -> set(path, null);
      case "rename" -> {
        Node moved = live(change.from());
        set(path, moved);
        set(Objects.requireNonNull(change.from()), null);
      }
      case "write" -> live(path).unsynced.add(change);
      case "sync" -> sync(path);
      default -> throw new IllegalArgumentException(change.toString());
    }
  }

  private Node live(@Nullable Path path) {
    return Objects.requireNonNull(live.get(path), () -> "no such file: " + path);
  }

  private void set(Path path, @Nullable Node node) {
    unsynced.add(new Entry(path, node));
    put(live, path, node);
  }

  private static void put(Map<Path, Node> entries, Path path, @Nullable Node node) {
    if (node == null) {
      entries.remove(path);
    } else {
      entries.put(path, node);
    }
  }

  private void sync(Path path) {
    if (!live(path).directory) {
      live(path).sync();
      return;
    }
    for (Entry each : List.copyOf(unsynced)) {
      if (path.equals(each.path().getParent())) {
        put(durable, each.path(), each.node());
        unsynced.remove(each);
      }
    }
  }

  /** Each tree that a power failure of now may leave: the files with what is in them. */
  Set<Map<Path, String>> states() {
    Set<Map<Path, String>> states = new LinkedHashSet<>();
    for (List<Entry> kept : subsets()) {
      Map<Path, Node> left = new TreeMap<>(durable);
      kept.forEach(each -> put(left, each.path(), each.node()));
      for (Loss loss : Loss.values()) {
        states.add(tree(left, loss));
      }
    }
    return states;
  }

  private List<List<Entry>> subsets() {
    List<List<Entry>> all = new ArrayList<>();
    int size = unsynced.size();
    if (size <= ALL_SUBSETS) {
      for (int chosen = 0; chosen < 1 << size; chosen++) {
        List<Entry> kept = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          if ((chosen >> i & 1) == 1) {
            kept.add(unsynced.get(i));
          }
        }
        all.add(kept);
      }
      return all;
    }
    all.add(List.of());
    all.add(List.copyOf(unsynced));
    for (Entry each : unsynced) {
      all.add(List.of(each));
      List<Entry> others = new ArrayList<>(unsynced);
      others.remove(each);
      all.add(others);
    }
    return all;
  }

  /** What is in a lost directory is lost. */
  private static Map<Path, String> tree(Map<Path, Node> entries, Loss loss) {
    Map<Path, String> tree = new TreeMap<>();
    Path root = entries.keySet().iterator().next();
    entries.forEach(
        (path, node) -> {
          if (path.equals(root) || tree.containsKey(path.getParent())) {
            tree.put(path, node.directory ? DIRECTORY : text(node.content(loss)));
          }
        });
    return tree;
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.ISO_8859_1);
  }
}
