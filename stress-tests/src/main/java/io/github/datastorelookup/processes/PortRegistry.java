package io.github.datastorelookup.processes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.portkit.PortProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A process of a port, which does what the messages of {@code docs/reference/port-kit.md} say. */
final class PortRegistry implements WorkerRegistry {
  private static final long PATIENCE_SECONDS = 60;
  private static final int VERSION = 1;

  /**
   * Accesses, before one of which a process pauses ten times as often as before others; most often
   * before additions, between the two looks of a warm lookup.
   */
  private static final List<String> OFTEN =
      List.of(
          "word.add",
          "generation.get",
          "word.add",
          "word.cas",
          "word.add",
          "config.replace",
          "lock.try",
          "ledger.word",
          "store.close");

  private final PortProcess port;
  private int handles;

  private PortRegistry(PortProcess port) {
    this.port = port;
  }

  /**
   * Starts the port.
   *
   * @param seed of the pauses that it makes before some of its accesses
   */
  static PortRegistry open(String command, Site site, int worker, long seed) throws IOException {
    PortRegistry opened = new PortRegistry(PortProcess.start(command, PATIENCE_SECONDS));
    ObjectNode hello =
        PortProcess.message()
            .put("kit", VERSION)
            .put("mode", "driving")
            .put("process", worker)
            .put("config", site.config().toString())
            .put("run", site.run().toString())
            .put("ttlMillis", WorkerMain.TTL.toMillis())
            .put("lockTimeoutMillis", WorkerMain.LOCK_TIMEOUT.toMillis());
    hello
        .putObject("pauses")
        .put("seed", seed)
        .put("percent", 3)
        .put("mostMillis", 60)
        .put("often", OFTEN.get(Math.floorMod(seed, OFTEN.size())));
    JsonNode unused = opened.ask(hello);
    return opened;
  }

  @Override
  public long pid() {
    return port.pid();
  }

  private JsonNode ask(ObjectNode message) {
    return good(port.ask(message));
  }

  /** The answer, unless it is a refusal. */
  private static JsonNode good(JsonNode answer) {
    String text = answer.path("answer").asText("");
    boolean good = text.equals("done") || text.startsWith("done ") || text.startsWith("granted ");
    if (!good && !answer.has("task")) {
      throw new Refused(text, answer.path("message").asText());
    }
    return answer;
  }

  private void done(String command, ObjectNode message) {
    JsonNode unused = ask(message.put("command", command));
  }

  /** Has a drain run, with a task that is ours. */
  private void drain(String command, ObjectNode message, Runnable task) {
    JsonNode answer = ask(message.put("command", command));
    while (answer.has("task")) {
      task.run();
      answer = ask(PortProcess.message().put("task", "done"));
    }
  }

  private static String in(Duration timeout) {
    return " in " + timeout.toMillis() + " ms";
  }

  @Override
  public DatastoreHandle lookup(String name, Operation operation) {
    return granted("lookup " + name + " " + operation, name, operation, PortProcess.message());
  }

  private DatastoreHandle granted(
      String command, String name, Operation operation, ObjectNode message) {
    int number = ++handles;
    JsonNode answer = ask(message.put("command", command).put("handle", number));
    Map<String, String> properties = new TreeMap<>();
    answer
        .path("section")
        .properties()
        .forEach(each -> properties.put(each.getKey(), each.getValue().asText()));
    return new PortHandle(this, number, operation, DatastoreSection.of(name, properties));
  }

  DatastoreHandle duplicate(PortHandle of) {
    ObjectNode message = PortProcess.message().put("of", of.number());
    return granted("duplicate " + of.name(), of.name(), of.operation(), message);
  }

  void close(PortHandle handle) {
    done("close " + handle.name(), PortProcess.message().put("handle", handle.number()));
  }

  @Override
  public void comment(String name, String comment) {
    done("save " + name + " comment", PortProcess.message().put("comment", comment));
  }

  @Override
  public void create(DatastoreSection section) {
    done("create " + section.name() + " at " + section.absolutePath(), PortProcess.message());
  }

  @Override
  public void destroy(String name, Duration timeout, Runnable task) {
    drain("destroy " + name + in(timeout), PortProcess.message(), task);
  }

  @Override
  public void unmount(String name, String message, Duration timeout, Runnable task) {
    ObjectNode more = PortProcess.message().put("message", message);
    drain("run in unmount: " + name + in(timeout), more, task);
  }

  @Override
  public void setMode(String name, MaintenanceMode mode, String message) {
    String text = mode.name().toLowerCase(Locale.ROOT);
    done("save " + name + " " + text, PortProcess.message().put("message", message));
  }

  @Override
  public void clearMode(String name) {
    done("save " + name + " none", PortProcess.message());
  }

  @Override
  public ActiveOperations count(String name) {
    JsonNode answer = ask(PortProcess.message().put("command", "count " + name));
    String[] counts = answer.path("answer").asText().substring("done ".length()).split("/", -1);
    return new ActiveOperations(Integer.parseInt(counts[0]), Integer.parseInt(counts[1]));
  }

  @Override
  public void refresh() {
    done("refresh", PortProcess.message());
  }

  @Override
  public void close() {
    done("close the registry", PortProcess.message());
    port.endInput();
  }
}
