package io.github.datastorelookup.faults;

import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.port.Reasons;
import io.github.datastorelookup.posix.PosixPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.function.Executable;

/** A directory with {@code datastore.cfg}, {@code run} and datastores, on real files. */
final class Home {
  private final Path directory;

  /** Makes the datastores {@code store1} and {@code store2}, and their config. */
  Home(Path directory) throws IOException {
    this.directory = directory;
    makeStore("store1");
    makeStore("store2");
    repair();
  }

  Path directory() {
    return directory;
  }

  Path config() {
    return directory.resolve("datastore.cfg");
  }

  Path run() {
    return directory.resolve("run");
  }

  Path store(String name) {
    return directory.resolve(name);
  }

  void makeStore(String name) throws IOException {
    Files.createFile(Files.createDirectory(store(name)).resolve(".lock"));
  }

  /** The config as it should be. */
  void repair() throws IOException {
    write(section("store1") + "\n" + section("store2"));
  }

  String section(String name) {
    return "datastore: " + name + "\n\tpath " + store(name) + "\n";
  }

  void write(String text) throws IOException {
    Files.writeString(config(), text);
  }

  Ports ports() {
    return PosixPorts.of(config(), run(), true);
  }

  /** Sees edits by hand at once, and waits for locks no longer than 250 ms. */
  DatastoreRegistry open() {
    return open(ports());
  }

  /** The same, on these ports. */
  static DatastoreRegistry open(Ports ports) {
    return builder(ports).ttl(Duration.ofNanos(1)).open();
  }

  /** No watcher, and no waiting for locks longer than 250 ms. */
  static DatastoreRegistry.Builder builder(Ports ports) {
    return DatastoreRegistry.builder(ports).lockTimeout(Duration.ofMillis(250)).withoutWatcher();
  }

  /** All files with their lengths, and links with their targets. */
  SortedMap<String, String> tree() throws IOException {
    SortedMap<String, String> tree = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        boolean file = Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS);
        tree.put(each.toString(), file ? "bytes=" + Files.size(each) : "");
      }
    }
    return tree;
  }

  /** The ledgers. */
  List<Path> ledgers() throws IOException {
    try (Stream<Path> all = Files.list(run())) {
      return all.filter(each -> each.toString().endsWith(".ops")).sorted().toList();
    }
  }

  /** Closes the registry, and waits until its last files are: it does so on another thread. */
  void close(DatastoreRegistry registry) {
    registry.close();
    Awaitility.await().pollDelay(Duration.ZERO).until(() -> ledgers().isEmpty());
  }

  /** The call is refused, with all this in the message. */
  static void refused(
      Class<? extends DatastoreException> type, Executable call, Object... contained) {
    DatastoreException refusal = Assertions.assertThrows(type, call);
    String message = String.valueOf(refusal.getMessage());
    for (String data : new String[] {refusal.datastore(), refusal.file()}) {
      Assertions.assertTrue(data == null || message.contains(Reasons.printable(data)), message);
    }
    Assertions.assertTrue(message.length() < 1000, "fills the log: " + message.length());
    Assertions.assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    for (Object part : contained) {
      Assertions.assertTrue(message.contains(part.toString()), message);
    }
  }
}
