package io.github.datastorelookup.portkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.ChunkStores.ChunkStore;
import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.Generations.Generation;
import io.github.datastorelookup.port.LedgerDirectory.ForeignLedger;
import io.github.datastorelookup.port.LedgerDirectory.Ledger;
import io.github.datastorelookup.port.Locks.LockFile;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.port.Sync.Mutex;
import io.github.datastorelookup.simulation.SimulatedProcess;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;

/** Performs what the port asks for on the ports of its simulated process. */
final class SteppedAccess {
  private static final Map<String, Long> DELTAS =
      Map.of(
          "+READ", OperationWord.READ,
          "-READ", -OperationWord.READ,
          "+WRITE", OperationWord.WRITE,
          "-WRITE", -OperationWord.WRITE,
          "-CLOSED", -OperationWord.CLOSED,
          "-CLOSING", -OperationWord.CLOSING,
          "+CLOSING", OperationWord.CLOSED - OperationWord.CLOSING);

  private final Ports ports;
  private final IntSupplier numbers;
  private final Generation generation;
  private final Ledger ledger;
  private final Map<String, AtomicWord> words = new HashMap<>();
  private final Map<String, ForeignLedger> others = new HashMap<>();
  private final Map<String, FileIdentity> identities = new HashMap<>();
  private final Map<Integer, ChunkStore> stores = new HashMap<>();
  private final Map<String, LockFile> locks = new HashMap<>();
  private final Map<String, Mutex> mutexes = new HashMap<>();

  /** Opens the generation page and a ledger, as a registry does when it is opened. */
  SteppedAccess(SimulatedProcess process, IntSupplier numbers) throws IOException {
    this.ports = process.ports();
    this.numbers = numbers;
    this.generation = Objects.requireNonNull(ports.generations().open());
    this.ledger = ports.ledgers().create(generation.identity());
  }

  /** The files that were opened as this number. */
  ChunkStore store(int number) {
    return known(stores, number, "files");
  }

  private static <K, V> V known(Map<K, V> all, K key, String what) {
    V value = all.get(key);
    if (value == null) {
      throw new Broken("names " + what + " that it never got: " + key);
    }
    return value;
  }

  /** Performs an access; returns what the port gets. */
  JsonNode perform(JsonNode access, Runnable task) throws IOException {
    String op = access.path("op").asText();
    String on = access.path("on").asText();
    JsonNode with = access.path("with");
    int dot = op.indexOf('.');
    return switch (dot < 0 ? op : op.substring(0, dot)) {
      case "generation" -> onGeneration(op);
      case "word" -> onWord(op, known(words, on, "a word"), with);
      case "ledger" -> onLedger(op, on);
      case "ledgers" -> listed();
      case "config" -> onConfig(op, with);
      case "lock", "locks" -> onLock(op, on);
      case "files", "store" -> onFiles(op, on, with);
      case "mounts" -> TextNode.valueOf(ports.mounts().status(ModelConfig.DEVICE, on).toString());
      case "mutex" -> onMutex(op, on, with);
      case "sleep" -> sleep(with.asLong());
      case "task" -> TextNode.valueOf(outcome(task));
      default -> throw unknown(op);
    };
  }

  private static Broken unknown(String op) {
    return new Broken("asks for an unknown access: " + op);
  }

  private JsonNode onGeneration(String op) throws IOException {
    return switch (op) {
      case "generation.get" -> LongNode.valueOf(generation.get());
      case "generation.increment" -> LongNode.valueOf(generation.increment());
      case "generation.inPlace" -> BooleanNode.valueOf(generation.inPlace());
      default -> throw unknown(op);
    };
  }

  private static JsonNode onWord(String op, AtomicWord word, JsonNode with) {
    return switch (op) {
      case "word.get" -> hex(word.get());
      case "word.add" -> {
        Long delta = DELTAS.get(with.asText());
        if (delta == null) {
          throw new Broken("adds no unit: " + with);
        }
        yield hex(word.getAndAdd(delta));
      }
      case "word.cas" ->
          BooleanNode.valueOf(word.compareAndSet(word(with.path(0)), word(with.path(1))));
      default -> throw unknown(op);
    };
  }

  private static JsonNode hex(long word) {
    return TextNode.valueOf(String.format(Locale.ROOT, "%016x", word));
  }

  private static long word(JsonNode text) {
    try {
      return Long.parseUnsignedLong(text.asText(), 16);
    } catch (NumberFormatException e) {
      throw new Broken("no word of 16 hexadecimal digits: " + text);
    }
  }

  private JsonNode onLedger(String op, String on) throws IOException {
    switch (op) {
      case "ledger.append" -> words.put(on, ledger.append(on));
      case "ledger.inPlace" -> {
        return BooleanNode.valueOf(ledger.inPlace());
      }
      case "ledger.close" -> ledger.close();
      case "ledger.word" -> {
        String[] which = on.split(" ", 2);
        return hex(known(others, which[0], "a ledger").word(which[which.length - 1]));
      }
      case "ledger.ownerDied" -> {
        return BooleanNode.valueOf(known(others, on, "a ledger").ownerDied());
      }
      default -> throw unknown(op);
    }
    return NullNode.getInstance();
  }

  private JsonNode listed() throws IOException {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    for (ForeignLedger other : ports.ledgers().others()) {
      String name = "p" + (Integer.parseInt(other.path().replace(".ops", "")) - 1);
      others.put(name, other);
      names.add(name);
    }
    return names;
  }

  private JsonNode onConfig(String op, JsonNode with) throws IOException {
    if (op.equals("config.replace")) {
      ports.configFile().replace(with.asText().getBytes(UTF_8));
      return NullNode.getInstance();
    } else if (!op.equals("config.read")) {
      throw unknown(op);
    }
    byte[] text = ports.configFile().read();
    return text == null ? NullNode.getInstance() : TextNode.valueOf(new String(text, UTF_8));
  }

  private JsonNode onLock(String op, String on) throws IOException {
    if (op.equals("locks.close")) {
      ports.locks().close();
      return NullNode.getInstance();
    }
    LockFile lock =
        locks.computeIfAbsent(
            on,
            name ->
                name.equals("config") ? ports.locks().config() : ports.locks().maintenance(name));
    if (op.equals("lock.unlock")) {
      lock.unlock();
      return NullNode.getInstance();
    } else if (op.equals("lock.try")) {
      return BooleanNode.valueOf(lock.tryLock());
    }
    throw unknown(op);
  }

  private JsonNode onFiles(String op, String on, JsonNode with) throws IOException {
    switch (op) {
      case "files.identify" -> {
        FileIdentity identity = ports.chunkStores().identify(on);
        identities.put(identity.toString(), identity);
        return TextNode.valueOf(identity.toString());
      }
      case "files.open" -> {
        FileIdentity expected = known(identities, with.asText(), "a file");
        ChunkStore store = ports.chunkStores().open(on, expected, true);
        int number = numbers.getAsInt();
        stores.put(number, store);
        return IntNode.valueOf(number);
      }
      case "files.create" -> ports.chunkStores().create(on);
      case "store.close" -> store(Integer.parseInt(on)).close();
      default -> throw unknown(op);
    }
    return NullNode.getInstance();
  }

  private JsonNode onMutex(String op, String on, JsonNode with) {
    Mutex mutex = mutexes.computeIfAbsent(on, ports.sync()::newMutex);
    try {
      switch (op) {
        case "mutex.lock" -> {
          if (with.isNumber()) {
            return BooleanNode.valueOf(mutex.tryLock(with.asLong()));
          }
          mutex.lock();
          return BooleanNode.TRUE;
        }
        case "mutex.try" -> {
          return BooleanNode.valueOf(mutex.tryLock());
        }
        case "mutex.unlock" -> mutex.unlock();
        default -> throw unknown(op);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("no thread of a port is interrupted", e);
    } catch (IllegalMonitorStateException e) {
      throw new Broken("unlocks a mutex that another thread has, or none: " + on);
    }
    return NullNode.getInstance();
  }

  private JsonNode sleep(long nanos) {
    try {
      ports.sync().pause(nanos);
      return NullNode.getInstance();
    } catch (InterruptedException e) {
      throw new IllegalStateException("no thread of a port is interrupted", e);
    }
  }

  private static String outcome(Runnable task) {
    try {
      task.run();
      return "done";
    } catch (IllegalStateException e) {
      return "fails";
    }
  }
}
