package io.github.datastorelookup.portkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roastedroot.quickjs4j.core.Builtins;
import io.roastedroot.quickjs4j.core.Engine;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the port in JavaScript on real files. The scripts know the protocol; this class and {@link
 * JsFiles} give them system calls, since a JavaScript engine inside the JVM has none. The system
 * properties {@code jsport.script}, {@code jsport.files} and {@code jsport.ledgers} name files to
 * run in the place of {@code port.js}, {@code files.js} and {@code ledgers.js}.
 */
public final class JsPort {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
  private final PrintStream out = new PrintStream(System.out, true, UTF_8);
  private final JsFiles files = new JsFiles();

  private JsPort() {}

  /** Answers until its input ends. */
  public static void main(String[] args) throws IOException {
    // The last lines of port.js begin to serve, so whatever they need comes before them.
    String code =
        script("files", "files.js") + script("ledgers", "ledgers.js") + script("script", "port.js");
    JsPort port = new JsPort();
    Builtins calls = Builtins.builder("system").addStringToString("call", port::call).build();
    try (Engine engine = Engine.builder().addBuiltins(calls).build()) {
      try {
        engine.exec(engine.compile(code));
      } finally {
        System.err.print(engine.stdout() + engine.stderr());
      }
    }
  }

  private static String script(String property, String name) throws IOException {
    String other = System.getProperty("jsport." + property);
    if (other != null) {
      return Files.readString(Path.of(other));
    }
    try (InputStream stream = JsPort.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new FileNotFoundException("not on the class path: " + name);
      }
      return new String(stream.readAllBytes(), UTF_8);
    }
  }

  /**
   * One call: a JSON array of its name and arguments. The answer has {@code got}, or {@code error}
   * with the kind of what failed, as an exception must not end the script.
   */
  private String call(String json) {
    ObjectNode answer = JSON.createObjectNode();
    try {
      JsonNode call = JSON.readTree(json);
      answer.set("got", JSON.valueToTree(perform(call.get(0).asText(), call)));
    } catch (IOException | RuntimeException e) {
      answer.put("error", e.getClass().getSimpleName()).put("message", String.valueOf(e));
    }
    try {
      return JSON.writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private @Nullable Object perform(String name, JsonNode call) throws IOException {
    switch (name) {
      case "line" -> {
        return in.readLine();
      }
      case "print" -> out.println(call.get(1).asText());
      case "nanos" -> {
        return System.nanoTime();
      }
      case "sleep" -> sleep(call.get(1).asLong());
      case "pid" -> {
        return ProcessHandle.current().pid();
      }
      default -> {
        return files.perform(name, call);
      }
    }
    return null;
  }

  private static void sleep(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the script", e);
    }
  }
}
