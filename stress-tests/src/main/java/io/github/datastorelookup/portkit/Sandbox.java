package io.github.datastorelookup.portkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.port.Generations.Generation;
import io.github.datastorelookup.port.Locks.LockFile;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.posix.FilesView;
import io.github.datastorelookup.posix.LedgerView;
import io.github.datastorelookup.posix.PosixPorts;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory with an installation, and what others than the port do to it. Paths of the model,
 * which begin at the root, are below the directory.
 */
final class Sandbox implements AutoCloseable {
  private final Path root;
  private final Ports ports;
  private final FilesView view;
  private int temporary;

  private Sandbox(Path root) {
    this.root = root;
    this.ports = PosixPorts.of(config(), run(), true);
    this.view = new FilesView(config(), run());
  }

  static Sandbox create() throws IOException {
    Sandbox made = new Sandbox(Files.createTempDirectory("port-kit-").toRealPath());
    made.write(ModelConfig.empty());
    Generation unused = Objects.requireNonNull(made.ports.generations().open());
    return made;
  }

  Path config() {
    return root.resolve("datastore.cfg");
  }

  Path run() {
    return root.resolve("run");
  }

  /** A text of the model with the paths of this directory. */
  String real(String text) {
    return text.replaceAll("(?m)(^\\tpath |(?:at|to) )/", "$1" + root + "/");
  }

  /** The path of the model. */
  Path real(Path path) {
    return root.resolve(Path.of("/").relativize(path));
  }

  /** A text of the port with the paths of the model. */
  String modelled(String text) {
    return text.replace(root + "/", "/");
  }

  /** Writes the config as an administrator does: another file, renamed. */
  void write(ModelConfig config) throws IOException {
    if (config.form() == ModelConfig.Form.GONE) {
      Files.deleteIfExists(config());
      return;
    }
    Path next = Files.writeString(temporary(), real(config.text()));
    Files.move(next, config(), StandardCopyOption.REPLACE_EXISTING);
  }

  /** The config with the paths of the model; null for no file. */
  @Nullable String text() throws IOException {
    try {
      return modelled(Files.readString(config(), UTF_8));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private Path temporary() {
    return root.resolve("temporary-" + temporary++);
  }

  /** Puts a new {@code .lock} there, or takes it away. */
  void lockFile(Path path, boolean there) throws IOException {
    Path lock = real(path).resolve(".lock");
    if (there) {
      // Another inode than the file before it, which is there until then.
      place(Files.createFile(temporary()), lock);
    } else {
      Files.deleteIfExists(lock);
    }
  }

  /** Makes the {@code .lock} at a path that of another path, if there is one. */
  void alias(Path path, Path existing) throws IOException {
    Path lock = real(existing).resolve(".lock");
    if (Files.exists(lock)) {
      place(Files.createLink(temporary(), lock), real(path).resolve(".lock"));
    }
  }

  boolean hasLockFile(Path path) {
    return Files.exists(real(path).resolve(".lock"));
  }

  private static void place(Path file, Path at) throws IOException {
    Path unused = Files.createDirectories(Objects.requireNonNull(at.getParent()));
    Path replaced = Files.move(file, at, StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(file); // a rename to another link of the same file does nothing
    if (!replaced.equals(at)) {
      throw new IOException("moved elsewhere: file=" + replaced);
    }
  }

  long generation() throws IOException {
    return view.page().generation();
  }

  void bump() throws IOException {
    Generation page = Objects.requireNonNull(ports.generations().open());
    long unused = page.increment();
  }

  /** Takes the config lock as another program does, or gives it back. */
  void holdConfigLock(boolean held) throws IOException {
    LockFile lock = ports.locks().config();
    if (!held) {
      lock.unlock();
    } else if (!lock.tryLock()) {
      throw new Broken("the config lock is held between two commands");
    }
  }

  /** The words of all ledgers, by pid and name. */
  Map<Long, Map<String, Long>> words() throws IOException {
    Map<Long, Map<String, Long>> words = new HashMap<>();
    List<Path> ledgers = view.ledgers();
    for (Path path : ledgers) {
      LedgerView ledger;
      try {
        ledger = view.ledger(path);
      } catch (NoSuchFileException e) {
        continue; // of a dead process, deleted by a live one
      } catch (FileSystemException e) {
        throw new Broken("a ledger cannot be read: " + e.getMessage());
      }
      Map<String, Long> before = words.put(ledger.pid(), ledger.words());
      if (before != null) {
        throw new Broken("pid " + ledger.pid() + " has two ledgers: " + ledgers);
      }
    }
    return words;
  }

  @Override
  public void close() throws IOException {
    ports.locks().close();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
