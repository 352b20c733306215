package io.github.datastorelookup.portkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.ConfigView;
import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.posix.PosixPorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * This library as a port: what any implementation has to bring for the kit's model mode. With the
 * name of a {@link PortMistake} as its argument it is a wrong one.
 */
public final class JavaPort {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger LOG = Logger.getLogger("io.github.datastorelookup");

  private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
  private final PrintStream out = new PrintStream(System.out, true, UTF_8);
  private final List<DatastoreHandle> held = new ArrayList<>();
  private final List<DatastoreHandle> closed = new ArrayList<>();
  private final Map<Integer, DatastoreHandle> numbered = new HashMap<>();
  private @Nullable DatastoreRegistry registry;
  private String digest = "0";
  private @Nullable ConfigView first;
  private Path file = Path.of("");
  private final @Nullable PortMistake mistake;

  private JavaPort(@Nullable PortMistake mistake) {
    this.mistake = mistake;
  }

  /** Answers until its input ends. */
  public static void main(String[] args) throws IOException {
    LOG.setLevel(Level.OFF);
    JavaPort port = new JavaPort(args.length == 0 ? null : PortMistake.valueOf(args[0]));
    for (String line = port.in.readLine(); line != null; line = port.in.readLine()) {
      port.out.println(port.answer(JSON.readTree(line)));
    }
  }

  private ObjectNode answer(JsonNode message) {
    ObjectNode answer = JSON.createObjectNode();
    try {
      if (message.has("kit")) {
        open(message);
        return answer
            .put("answer", "done")
            .put("port", 1)
            .put("pid", ProcessHandle.current().pid());
      }
      String[] words = message.get("command").asText().split("[ ,]+", -1);
      answer.put("answer", run(words, message, answer));
    } catch (DatastoreException e) {
      answer.put("answer", e.getClass().getSimpleName()).put("message", e.getMessage());
    } catch (IllegalStateException e) { // what the kit's task throws
      answer.put("answer", e.getClass().getSimpleName()).put("message", e.getMessage());
    }
    return answer;
  }

  private void open(JsonNode message) {
    registry =
        DatastoreRegistry.builder(
                PosixPorts.of(
                    Path.of(message.get("config").asText()),
                    Path.of(message.get("run").asText()),
                    true))
            .ttl(Duration.ofMillis(message.get("ttlMillis").asLong()))
            .lockTimeout(Duration.ofMillis(message.get("lockTimeoutMillis").asLong()))
            .withoutWatcher()
            .open();
    digest = "0";
    closed.clear();
    held.clear();
    numbered.clear();
    first = null;
    file = Path.of(message.get("config").asText());
  }

  private DatastoreRegistry registry() {
    return Objects.requireNonNull(registry, "no registry was opened");
  }

  private String run(String[] words, JsonNode message, ObjectNode answer) {
    String what = words[0];
    String last = words[words.length - 1];
    return switch (what) {
      case "lookup" -> granted(lookup(words[1], Operation.valueOf(words[2])), message, answer);
      case "close" ->
          last.equals("registry") ? close() : close(words[1], last.equals("again"), message);
      case "duplicate" -> {
        DatastoreHandle source = find(words[1], message.path("of"));
        yield source == null ? "nothing" : granted(duplicate(source), message, answer);
      }
      case "count" -> {
        ActiveOperations all = registry().activeOperations(words[1]);
        if (mistake == PortMistake.OWN_COUNTS_ONLY) {
          yield "done " + own(words[1], Operation.READ) + "/" + own(words[1], Operation.WRITE);
        }
        yield "done " + all.reads() + "/" + all.writes();
      }
      case "refresh" ->
          mistake == PortMistake.REFRESH_DOES_NOTHING ? "done" : done(registry()::refresh);
      case "config" -> config(answer);
      case "create" -> create(words[1], words[3], message);
      case "save" -> save(words, message);
      case "destroy" -> destroy(words[1], last, drain(words));
      case "run" -> runIn(mode(words[2].replace(":", "")), words[3], message, drain(words));
      case "move" -> done(() -> registry().move(words[1], words[3], drain(words), this::task));
      default -> "unknown command";
    };
  }

  private static String done(Runnable work) {
    work.run();
    return "done";
  }

  private DatastoreHandle lookup(String name, Operation operation) {
    boolean reads = mistake == PortMistake.WRITE_COUNTS_AS_READ && operation == Operation.WRITE;
    return registry().lookup(name, reads ? Operation.READ : operation);
  }

  private long own(String name, Operation operation) {
    return held.stream()
        .filter(each -> each.name().equals(name) && each.operation() == operation)
        .count();
  }

  private String granted(DatastoreHandle handle, JsonNode message, ObjectNode answer) {
    held.add(handle);
    numbered.put(message.path("handle").asInt(), handle);
    DatastoreSection section = handle.section();
    ObjectNode told = answer.putObject("section");
    section.properties().forEach(told::put);
    return "granted " + section.property("comment") + "@" + section.absolutePath();
  }

  private String close() {
    if (mistake != PortMistake.CLOSE_KEEPS_THE_REGISTRY) {
      registry().close();
    }
    return "done";
  }

  private String close(String name, boolean again, JsonNode message) {
    if (again) {
      closed.stream().filter(each -> each.name().equals(name)).forEach(DatastoreHandle::close);
      return "done";
    }
    DatastoreHandle oldest = find(name, message.path("handle"));
    if (oldest == null) {
      return "nothing";
    }
    held.remove(oldest);
    closed.add(oldest);
    if (mistake != PortMistake.DROP_FORGETS_THE_COUNT) {
      oldest.close();
    }
    return "done";
  }

  private DatastoreHandle duplicate(DatastoreHandle source) {
    return mistake == PortMistake.DUPLICATE_IS_THE_SAME_HANDLE ? source : source.duplicate();
  }

  /** The handle of this number; without one the handle of that name that is held longest. */
  private @Nullable DatastoreHandle find(String name, JsonNode number) {
    if (number.isInt()) {
      return numbered.get(number.asInt());
    }
    return held.stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
  }

  private String config(ObjectNode answer) {
    ConfigView view = registry().config();
    first = first == null ? view : first;
    view = mistake == PortMistake.FIRST_CONFIG_FOR_EVER ? first : view;
    digest = view.digest();
    StringBuilder text = new StringBuilder();
    for (DatastoreSection section : view.sections()) {
      text.append(text.isEmpty() ? "" : "\n").append("datastore: ").append(section.name());
      section
          .properties()
          .forEach((key, value) -> text.append("\n\t").append(key).append(' ').append(value));
      text.append('\n');
    }
    answer.put("config", text.isEmpty() ? "\n" : text.toString());
    return "done";
  }

  private String create(String name, String path, JsonNode message) {
    Map<String, String> properties = new HashMap<>(Map.of("path", path));
    if (message.has("comment")) {
      properties.put("comment", message.get("comment").asText());
    }
    registry().create(DatastoreSection.of(name, properties));
    return "done";
  }

  private String save(String[] words, JsonNode message) {
    String name = words[1];
    String comment = message.path("comment").asText();
    if (words[2].equals("comment")) {
      Map<String, String> change = Map.of("comment", comment);
      if (words.length > 3 && mistake != PortMistake.DIGEST_IGNORED) {
        registry().update(name, change, List.of(), digest);
      } else if (mistake == PortMistake.SAVE_WITHOUT_BUMP && find(name) != null) {
        write(Objects.requireNonNull(find(name)).property("comment"), comment);
      } else {
        registry().update(name, change, List.of());
      }
    } else if (words[2].equals("none")) {
      registry().clearMaintenance(name);
    } else {
      MaintenanceMode mode = mode(words[2]);
      boolean offline = mistake == PortMistake.UNMOUNT_IS_OFFLINE;
      registry()
          .setMaintenance(
              name,
              offline && mode == MaintenanceMode.UNMOUNT ? MaintenanceMode.OFFLINE : mode,
              text(message));
    }
    return "done";
  }

  private @Nullable DatastoreSection find(String name) {
    return registry().config().sections().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private void write(@Nullable String before, String comment) {
    try {
      String text = Files.readString(file, UTF_8).replace(before + "\n", comment + "\n");
      Path unused = Files.writeString(file, text, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable String text(JsonNode message) {
    return message.has("message") ? message.get("message").asText() : null;
  }

  private String destroy(String name, String ending, Drain drain) {
    if (ending.equals("gone")) {
      registry().destroyWithoutData(name, drain);
    } else {
      registry().destroy(name, drain, this::task);
    }
    return "done";
  }

  private String runIn(MaintenanceMode mode, String name, JsonNode message, Drain drain) {
    if (mistake == PortMistake.TASK_BEFORE_THE_DRAIN) {
      task();
    }
    registry().runMaintenance(name, mode, text(message), drain, this::task);
    return "done";
  }

  /** The last words may be {@code in <n> ms} and how it ends. */
  private static Drain drain(String[] words) {
    List<String> all = List.of(words);
    int ms = all.indexOf("ms");
    Duration most = ms < 0 ? Duration.ZERO : Duration.ofMillis(Long.parseLong(words[ms - 1]));
    return Drain.atMost(most).cancelWhen(() -> all.get(all.size() - 1).equals("cancelled"));
  }

  /** The kit does what the task does. */
  private void task() {
    out.println(JSON.createObjectNode().put("task", "acts"));
    try {
      JsonNode told = JSON.readTree(in.readLine());
      if (told.get("task").asText().equals("fails")) {
        throw new IllegalStateException("the task fails");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MaintenanceMode mode(String text) {
    return MaintenanceMode.valueOf(text.toUpperCase(Locale.ROOT));
  }
}
