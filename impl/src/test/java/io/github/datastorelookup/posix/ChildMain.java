package io.github.datastorelookup.posix;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.ChunkStores.ChunkStore;
import io.github.datastorelookup.port.ChunkStores.Guard;
import io.github.datastorelookup.port.Generations.Generation;
import io.github.datastorelookup.port.LedgerDirectory.ForeignLedger;
import io.github.datastorelookup.port.LedgerDirectory.Ledger;
import io.github.datastorelookup.port.Locks.LockFile;
import io.github.datastorelookup.port.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Another process on the same files: one command per line on stdin, one answer line on stdout. */
final class ChildMain {
  private final Path config;
  private final Path run;
  private final Ports ports;
  private final Map<String, AtomicWord> words = new HashMap<>();
  private final List<Guard> guards = new ArrayList<>();
  private final List<FileChannel> held = new ArrayList<>();
  private @Nullable Ledger ledger;
  private @Nullable DatastoreRegistry registry;

  private ChildMain(Path config, Path run) {
    this.config = config;
    this.run = run;
    this.ports = newPorts();
  }

  private Ports newPorts() {
    return PosixPorts.of(config, run, true);
  }

  public static void main(String[] args) throws IOException {
    ChildMain child = new ChildMain(Path.of(args[0]), Path.of(args[1]));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String answer;
      try {
        answer = child.run(line.split(" ", -1));
      } catch (IOException | RuntimeException e) {
        answer = "error: " + e;
      }
      System.out.println(answer);
      System.out.flush();
    }
  }

  private String run(String[] command) throws IOException {
    return switch (command[0]) {
      case "lock" -> String.valueOf(lock(command[1]).tryLock());
      case "unlock" -> {
        lock(command[1]).unlock();
        yield "done";
      }
      case "ledger" -> {
        ledger = newPorts().ledgers().create(null);
        yield ledger.path();
      }
      case "append" -> {
        for (int i = 0; i < Integer.parseInt(command[2]); i++) {
          String name = command[1] + i;
          words.put(name, Objects.requireNonNull(ledger).append(name));
        }
        yield "done";
      }
      case "add" -> {
        AtomicWord word = Objects.requireNonNull(words.get(command[1]));
        yield String.valueOf(word.getAndAdd(Long.parseLong(command[2])));
      }
      case "close-ledger" -> {
        Objects.requireNonNull(ledger).close();
        yield "done";
      }
      case "in-place" -> String.valueOf(Objects.requireNonNull(ledger).inPlace());
      case "id" -> ProcessId.self(ProcessId.PROC).toString();
      case "read" -> String.valueOf(Files.readAllBytes(Path.of(command[1])).length);
      case "hold" -> {
        FileChannel channel = FileChannel.open(Path.of(command[1]), StandardOpenOption.WRITE);
        held.add(channel);
        yield String.valueOf(channel.tryLock() != null);
      }
      case "hold-first-byte" -> {
        FileChannel channel = FileChannel.open(Path.of(command[1]), StandardOpenOption.WRITE);
        held.add(channel);
        yield String.valueOf(channel.tryLock(0, 1, false) != null);
      }
      case "word" -> join(other -> String.valueOf(other.word(command[1])));
      case "died" -> join(other -> String.valueOf(other.ownerDied()));
      case "generation" -> String.valueOf(generation().get());
      case "increment" -> String.valueOf(generation().increment());
      case "replace" -> {
        ports.configFile().replace(command[1].getBytes(UTF_8));
        yield "done";
      }
      case "save" -> save(command[1]);
      case "exclusive" -> guard(store(command[1]).tryExclusive());
      case "shared" -> guard(store(command[1]).tryShared());
      default -> throw new IllegalArgumentException("unknown command: " + command[0]);
    };
  }

  /** Saves a property and looks the datastore up, unless others are in the way just now. */
  private String save(String value) {
    if (registry == null) {
      registry =
          DatastoreRegistry.builder(newPorts())
              .watch(Duration.ofMillis(20))
              .lockTimeout(Duration.ofMillis(50))
              .open();
    }
    try {
      registry.update("store1", Map.of("notify-user", value), List.of());
    } catch (DatastoreException e) {
      return "refused: " + e;
    }
    try {
      registry.lookup("store1", Operation.WRITE).close();
    } catch (DatastoreException e) {
      return "saved, no lookup: " + e;
    }
    return "saved";
  }

  private LockFile lock(String name) {
    return name.equals("config") ? ports.locks().config() : ports.locks().maintenance(name);
  }

  private Generation generation() throws IOException {
    return Objects.requireNonNull(ports.generations().open());
  }

  private ChunkStore store(String path) throws IOException {
    return ports.chunkStores().open(path, ports.chunkStores().identify(path), true);
  }

  private String guard(@Nullable Guard guard) {
    if (guard != null) {
      guards.add(guard);
    }
    return String.valueOf(guard != null);
  }

  private interface Ask {
    String of(ForeignLedger other) throws IOException;
  }

  private String join(Ask ask) throws IOException {
    List<String> answers = new ArrayList<>();
    for (ForeignLedger other : ports.ledgers().others()) {
      answers.add(ask.of(other));
    }
    return answers.stream().collect(Collectors.joining(","));
  }
}
