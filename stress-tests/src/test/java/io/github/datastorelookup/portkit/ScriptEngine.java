package io.github.datastorelookup.portkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roastedroot.quickjs4j.core.Builtins;
import io.roastedroot.quickjs4j.core.Engine;
import io.roastedroot.quickjs4j.core.Runner;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Ports in JavaScript in this JVM: the script, and variants of it. The engine takes seconds to
 * start, so one has them all.
 */
final class ScriptEngine implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_SECONDS = 60;
  private static final String END = "";
  private static final String LOOP =
      """
      for (let line = kit.next(); line !== ''; line = kit.next()) {
        const at = line.indexOf(' ');
        try {
          kit.answer(JSON.stringify(ports[Number(line.substring(0, at))](JSON.parse(line.substring(at + 1)))));
        } catch (e) {
          kit.answer(JSON.stringify({failed: String(e) + String(e.stack)}));
        }
      }
      """;

  private final BlockingQueue<String> questions = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final Thread thread;

  /** An engine with these scripts. */
  ScriptEngine(List<String> scripts) {
    StringBuilder code = new StringBuilder("const ports = [];\n");
    for (String script : scripts) {
      code.append("ports.push((function () {\n")
          .append(script)
          .append("\nreturn handle;\n})());\n");
    }
    thread = new Thread(() -> run(code.append(LOOP).toString()), "scripts");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(String code) {
    Builtins kit =
        Builtins.builder("kit")
            .addVoidToString("next", this::next)
            .addStringToVoid("answer", answers::add)
            .build();
    Engine engine = Engine.builder().addBuiltins(kit).build();
    try (Runner runner = Runner.builder().withEngine(engine).build()) {
      runner.compileAndExec(code);
    } catch (RuntimeException e) {
      answers.add("{\"failed\":" + JSON.valueToTree(e.toString()) + "}");
    }
  }

  private String next() {
    try {
      return questions.take();
    } catch (InterruptedException e) {
      return END;
    }
  }

  /** The port of the script with this number. */
  Port port(int script) {
    return new Port() {
      @Override
      public JsonNode ask(ObjectNode message) {
        questions.add(script + " " + message);
        try {
          String answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
          JsonNode read = JSON.readTree(Objects.requireNonNullElse(answer, "{}"));
          if (!read.isObject() || read.has("failed") || read.isEmpty()) {
            throw new Broken("the script answers " + read);
          }
          return read;
        } catch (JsonProcessingException e) {
          throw new Broken("the script answers no JSON: " + e.getOriginalMessage());
        } catch (InterruptedException e) {
          throw new IllegalStateException("interrupted while a script runs", e);
        }
      }

      @Override
      public void close() {}
    };
  }

  /** A script of the test class path. */
  static String script(String name) throws IOException {
    try (InputStream in = ScriptEngine.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    }
  }

  @Override
  public void close() {
    questions.add(END);
  }
}
