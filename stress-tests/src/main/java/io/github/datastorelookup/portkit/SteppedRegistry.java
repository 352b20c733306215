package io.github.datastorelookup.portkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.oracle.Subject;
import io.github.datastorelookup.simulation.SimulatedProcess;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** A registry of the port: each of its commands runs step by step. */
final class SteppedRegistry implements Subject {
  private final Stepper stepper;
  private final SteppedAccess accesses;
  private final SimulatedProcess process;
  private final int number;

  SteppedRegistry(Stepper stepper, SimulatedProcess process, int number) {
    this.stepper = stepper;
    this.process = process;
    this.number = number;
    try {
      this.accesses = new SteppedAccess(process, stepper::nextStore);
    } catch (IOException e) {
      throw new Subject.Refused("LedgerUnavailable");
    }
  }

  /** Runs a command to its answer; {@code task} is what it may ask to be done meanwhile. */
  private JsonNode run(String command, ObjectNode message, Runnable task) {
    message.put("process", number).put("command", command);
    JsonNode answer = stepper.ask(stamped(message));
    while (answer.has("op")) {
      ObjectNode reply = PortProcess.message();
      try {
        reply.set("got", accesses.perform(answer, task));
      } catch (IOException e) {
        reply.put("error", String.valueOf(e.getMessage()));
      }
      answer = stepper.ask(stamped(reply));
    }
    return answer;
  }

  private ObjectNode stamped(ObjectNode message) {
    return message.put("t", stepper.thread()).put("clock", process.ports().ticker().nanoTime());
  }

  /** The answer if it is one of these; everything else is a refusal. */
  private static JsonNode expect(JsonNode answer, String... good) {
    String text = answer.path("answer").asText("");
    for (String each : good) {
      if (text.equals(each) || text.startsWith(each + " ")) {
        return answer;
      }
    }
    if (!text.matches("[A-Z][A-Za-z]+") || !isRefusal(text)) {
      throw new Broken("answered " + answer + ", which is no answer to it and no refusal");
    }
    throw new Subject.Refused(text);
  }

  private static boolean isRefusal(String text) {
    for (Class<?> kind : DatastoreException.class.getDeclaredClasses()) {
      if (kind.getSimpleName().equals(text)) {
        return true;
      }
    }
    return false;
  }

  private void done(String command, ObjectNode message, Runnable task) {
    JsonNode unused = expect(run(command, message, task), "done");
  }

  private static String text(Command command) {
    String text = command.toString();
    return text.substring(text.indexOf(' ') + 1);
  }

  private static void noTask() {
    throw new Broken("asks for a task, and there is none");
  }

  @Override
  public DatastoreHandle lookup(Command.Lookup command) {
    return granted(text(command), command.name(), command.operation(), PortProcess.message());
  }

  private DatastoreHandle granted(
      String command, String name, Operation operation, ObjectNode message) {
    int handle = stepper.nextHandle();
    message.put("handle", handle);
    JsonNode answer = expect(run(command, message, SteppedRegistry::noTask), "granted", "nothing");
    if (answer.path("answer").asText().equals("nothing")) {
      throw new IllegalStateException("the handle is closed: " + command);
    }
    return new SteppedHandle(
        this,
        handle,
        operation,
        section(name, answer),
        operation == Operation.LOOKUP ? null : accesses.store(answer.path("files").asInt()));
  }

  private static DatastoreSection section(String name, JsonNode answer) {
    Map<String, String> properties = new TreeMap<>();
    answer
        .path("section")
        .properties()
        .forEach(each -> properties.put(each.getKey(), each.getValue().asText()));
    try {
      return DatastoreSection.of(name, properties);
    } catch (RuntimeException e) {
      throw new Broken("granted by no section: " + answer + ": " + e.getMessage());
    }
  }

  DatastoreHandle duplicate(SteppedHandle of) {
    ObjectNode message = PortProcess.message().put("of", of.number());
    return granted("duplicate " + of.name(), of.name(), of.operation(), message);
  }

  void close(SteppedHandle handle) {
    ObjectNode message = PortProcess.message().put("handle", handle.number());
    done("close " + handle.name(), message, SteppedRegistry::noTask);
  }

  @Override
  public ActiveOperations count(Command.Count command) {
    String text =
        expect(run(text(command), PortProcess.message(), SteppedRegistry::noTask), "done")
            .path("answer")
            .asText();
    if (!text.matches("done \\d{1,9}/\\d{1,9}")) {
      throw new Broken("answered '" + text + "', due is 'done <reads>/<writes>'");
    }
    String[] counts = text.substring("done ".length()).split("/", -1);
    return new ActiveOperations(Integer.parseInt(counts[0]), Integer.parseInt(counts[1]));
  }

  @Override
  public Seen config() {
    JsonNode answer = expect(run("config", PortProcess.message(), SteppedRegistry::noTask), "done");
    try {
      return new Seen(ModelConfig.parse(answer.path("config").asText()), "remembered");
    } catch (IllegalArgumentException e) {
      throw new Broken("config is no text of a config: " + e.getMessage());
    }
  }

  @Override
  public void edit(Command command, String comment, String digest) {
    ObjectNode message = PortProcess.message();
    if (!comment.isEmpty()) {
      message.put("comment", comment);
    }
    done(text(command), message, SteppedRegistry::noTask);
  }

  @Override
  public void drain(Command command, String path, Drain drain, Runnable task) {
    String text = text(command);
    if (command instanceof Command.Move move) {
      text = text.replace(" to " + move.path(), " to " + path);
    }
    done(text, PortProcess.message(), task);
  }

  @Override
  public void refresh() {
    done("refresh", PortProcess.message(), SteppedRegistry::noTask);
  }

  @Override
  public void close() {
    done("close the registry", PortProcess.message(), SteppedRegistry::noTask);
  }

  @Override
  public void killed() {
    stepper.done(PortProcess.message().put("killed", number));
  }
}
