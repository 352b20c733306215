package io.github.datastorelookup.portkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.ExternalEvent;
import io.github.datastorelookup.model.FileFault;
import io.github.datastorelookup.model.Model;
import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.model.ModelConfig.Section;
import io.github.datastorelookup.model.ModelProcess;
import io.github.datastorelookup.model.ModelState;
import io.github.datastorelookup.model.Reading;
import io.github.datastorelookup.port.OperationWord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One program, run by processes of the port on real files, one command after the other. Each answer
 * is compared with the model's, and after each command the config, the generation and the words.
 */
final class ModelRun {
  /** Of the messages; see {@code docs/reference/port-kit.md}. */
  static final int VERSION = 1;

  private static final int TTL_SECONDS = 3600;
  private static final int LOCK_TIMEOUT_MILLIS = 50;

  private final Processes processes;
  private final Sandbox files;
  private final Coverage coverage;
  private final Map<Integer, Long> pids = new HashMap<>();
  private ModelState state;

  /** Runs for a number of processes that have not started. */
  ModelRun(Processes processes, int number, Sandbox files, Coverage coverage) {
    this.processes = processes;
    this.files = files;
    this.coverage = coverage;
    this.state = ModelState.initial(number, TTL_SECONDS);
  }

  /**
   * Runs the program.
   *
   * @throws Broken when an answer or what is in the files is not the model's
   */
  void run(List<Command> program) throws IOException {
    for (int i = 0; i < state.processes().size(); i++) {
      String answer = open(i);
      if (!answer.equals("done")) {
        throw new Broken("p" + i + " opens no registry: " + answer);
      }
    }
    coverage.begun();
    for (Command command : program) {
      Model.Step due = Model.step(state, command);
      try {
        String answer = perform(command, due);
        if (!answer.equals(due.answer().toString())) {
          throw new Broken("answered " + answer + ", due is " + due.answer());
        }
        state = due.state();
        checkFiles();
      } catch (Broken e) {
        throw new Broken(command + ": " + e.getMessage());
      }
      coverage.met(command, due.answer());
    }
    leave();
  }

  /** Gives everything back, so that the same processes can begin another program. */
  private void leave() throws IOException {
    for (int i = 0; i < state.processes().size(); i++) {
      ModelProcess process = state.processes().get(i);
      if (process.alive()) {
        for (String name : names(process)) {
          for (int held = 0; held < held(process, name); held++) {
            JsonNode unused = send(new Command.Close(i, name), 0);
          }
        }
        if (!process.closed()) {
          JsonNode unused = send(new Command.CloseRegistry(i), 0);
        }
      }
    }
  }

  private static Set<String> names(ModelProcess process) {
    Set<String> names = new TreeSet<>();
    process.handles().forEach(each -> names.add(each.section().name()));
    return names;
  }

  private static int held(ModelProcess process, String name) {
    return (int)
        process.handles().stream().filter(each -> each.section().name().equals(name)).count();
  }

  private String perform(Command command, Model.Step due) throws IOException {
    if (command instanceof ExternalEvent event) {
      outside(event, due.state());
      return Answer.DONE.toString();
    }
    int of = command.process();
    ModelProcess process = state.processes().get(of);
    if (command instanceof Command.Start) {
      boolean running = process.alive() && !process.closed();
      return running ? Answer.NOTHING.toString() : open(of);
    } else if (!process.alive()) {
      return Answer.NOTHING.toString();
    } else if (command instanceof Command.Kill) {
      processes.kill(of);
      return Answer.DONE.toString();
    }
    JsonNode answer = send(command, due.state().edits());
    String text = files.modelled(answer.path("answer").asText("no answer: " + answer));
    return command instanceof Reading.Config && text.equals("done") ? seen(answer) : text;
  }

  private String seen(JsonNode answer) {
    try {
      String config = files.modelled(answer.path("config").asText());
      return Answer.config(ModelConfig.parse(config)).toString();
    } catch (IllegalArgumentException e) {
      throw new Broken("config is no text of a config: " + e.getMessage());
    }
  }

  /** Has the process open a registry; its answer. */
  private String open(int process) throws IOException {
    ObjectNode hello =
        PortProcess.message()
            .put("kit", VERSION)
            .put("mode", "model")
            .put("process", process)
            .put("config", files.config().toString())
            .put("run", files.run().toString())
            .put("ttlMillis", TTL_SECONDS * 1000)
            .put("lockTimeoutMillis", LOCK_TIMEOUT_MILLIS);
    JsonNode answer = processes.get(process).ask(hello);
    if (answer.path("answer").asText().equals("done")) {
      if (answer.path("port").asInt() != VERSION) {
        throw new Broken("the port speaks another version: " + answer);
      }
      pids.put(process, answer.path("pid").asLong());
    }
    return answer.path("answer").asText("no answer: " + answer);
  }

  private JsonNode send(Command command, int version) throws IOException {
    PortProcess port = processes.get(command.process());
    String text = command.toString();
    ObjectNode message =
        PortProcess.message().put("command", files.real(text.substring(text.indexOf(' ') + 1)));
    if (writes(command)) {
      message.put("comment", "v" + version);
    }
    JsonNode answer = port.ask(message);
    while (answer.has("task")) {
      boolean good = task(command);
      answer = port.ask(PortProcess.message().put("task", good ? "done" : "fails"));
    }
    return answer;
  }

  private static boolean writes(Command command) {
    return command instanceof Command.Update
        || command instanceof Reading.UpdateAsRead
        || command instanceof Command.Create;
  }

  /** Runs the task of a drain in place of the port; false for one that fails. */
  private boolean task(Command command) throws IOException {
    if (command instanceof Command.Maintain c) {
      @Nullable Section section = section(c.name());
      if (c.mode() == MaintenanceMode.DELETE && section != null) {
        files.lockFile(Path.of(section.path()), false);
      }
      return c.ending() != Command.Ending.FAILS;
    } else if (command instanceof Command.Move c) {
      @Nullable Section section = section(c.name());
      boolean good = c.ending() != Command.Ending.FAILS;
      if (good && section != null && !section.path().equals(c.path())) {
        move(Path.of(section.path()), Path.of(c.path()));
      }
      return good;
    }
    throw new Broken("asks for a task, and there is none");
  }

  private void move(Path from, Path to) throws IOException {
    if (files.hasLockFile(from)) {
      files.alias(to, from);
      files.lockFile(from, false);
    }
  }

  private @Nullable Section section(String name) throws IOException {
    @Nullable String text = files.text();
    return text == null ? null : ModelConfig.parse(text).find(name);
  }

  private void outside(ExternalEvent event, ModelState after) throws IOException {
    if (event instanceof ExternalEvent.Bump) {
      files.bump();
    } else if (event instanceof ExternalEvent.LockFile c) {
      files.lockFile(Path.of(c.path()), c.there());
    } else if (event instanceof ExternalEvent.Alias c) {
      files.alias(Path.of(c.path()), Path.of(c.existing()));
    } else if (event instanceof FileFault.HoldLock) {
      if (state.access().locked() != after.access().locked()) {
        files.holdConfigLock(after.access().locked());
      }
    } else {
      files.write(after.file());
    }
  }

  private void checkFiles() throws IOException {
    ModelConfig due = state.file();
    @Nullable String text = due.form() == ModelConfig.Form.GONE ? null : due.text();
    @Nullable String found = files.text();
    if (text == null ? found != null : !text.equals(found)) {
      throw new Broken("the config is\n" + found + "due is\n" + text);
    }
    if (files.generation() != state.generation()) {
      throw new Broken("generation=" + files.generation() + ", due is " + state.generation());
    }
    Map<Long, Map<String, Long>> words = files.words();
    for (int i = 0; i < state.processes().size(); i++) {
      ModelProcess process = state.processes().get(i);
      if (process.alive()) {
        checkWords(i, process, words.get(pids.get(i)));
      }
    }
  }

  private static void checkWords(
      int number, ModelProcess process, @Nullable Map<String, Long> words) {
    if (words == null || !process.listed()) {
      boolean due = process.listed();
      if (due || words != null) {
        throw new Broken("p" + number + (due ? " has no ledger" : " has a ledger still"));
      }
      return;
    }
    TreeSet<String> names = new TreeSet<>(words.keySet());
    names.addAll(process.open().keySet());
    for (String name : names) {
      long due =
          process.count(name, Operation.READ)
              + OperationWord.WRITE * process.count(name, Operation.WRITE)
              + (process.open().containsKey(name) ? 0 : OperationWord.CLOSED);
      long found = words.getOrDefault(name, OperationWord.CLOSED);
      if (found != due) {
        throw new Broken(
            "the word of p"
                + number
                + " for "
                + name
                + " is "
                + Long.toHexString(found)
                + ", due is "
                + Long.toHexString(due));
      }
    }
  }
}
