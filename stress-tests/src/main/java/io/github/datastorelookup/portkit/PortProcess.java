package io.github.datastorelookup.portkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process of the port: one JSON object a line, to its stdin and from its stdout. */
public final class PortProcess implements Port {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_SHOWN = 300;

  private final Process process;
  private final BufferedWriter in;
  private final BufferedReader out;
  private final long patienceSeconds;

  private PortProcess(Process process, long patienceSeconds) {
    this.process = process;
    this.patienceSeconds = patienceSeconds;
    this.in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
    this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /** Starts the command by a shell, which the port replaces. Its stderr is shown. */
  public static PortProcess start(String command, long patienceSeconds) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(List.of("/bin/sh", "-c", "exec " + command));
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new PortProcess(process, patienceSeconds);
  }

  /** A new message. */
  public static ObjectNode message() {
    return JSON.createObjectNode();
  }

  @Override
  public JsonNode ask(ObjectNode message) {
    try {
      in.write(JSON.writeValueAsString(message));
      in.newLine();
      in.flush();
    } catch (IOException e) {
      throw new Broken("the port ended, and reads no more: " + ended() + e.getMessage());
    }
    return read(message);
  }

  private JsonNode read(ObjectNode message) {
    CompletableFuture<Optional<String>> line = CompletableFuture.supplyAsync(this::readLine);
    try {
      String found =
          line.get(patienceSeconds, TimeUnit.SECONDS)
              .orElseThrow(
                  () -> new Broken("the port ended, with no answer: " + ended() + message));
      JsonNode json = JSON.readTree(found);
      if (!json.isObject()) {
        throw new Broken("the port answers no JSON object: " + shown(found));
      }
      return json;
    } catch (TimeoutException e) {
      throw new Broken("no answer within " + patienceSeconds + " s to " + message);
    } catch (JsonProcessingException e) {
      throw new Broken("the port answers no JSON: " + e.getOriginalMessage());
    } catch (ExecutionException e) {
      throw new Broken("the port cannot be read: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Broken("interrupted while the port worked");
    }
  }

  private Optional<String> readLine() {
    try {
      return Optional.ofNullable(out.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String shown(String text) {
    return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text;
  }

  /** Its end comes a little later than that of its pipes. */
  private String ended() {
    try {
      return process.waitFor(patienceSeconds, TimeUnit.SECONDS)
          ? "exit code " + process.exitValue() + ", "
          : "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Broken("interrupted while the port ended");
    }
  }

  /** Its process id: the shell becomes the port. */
  public long pid() {
    return process.pid();
  }

  /** Lets it end by itself, and waits for that. */
  public void endInput() {
    try {
      in.close();
      process.onExit().orTimeout(patienceSeconds, TimeUnit.SECONDS).join();
    } catch (IOException | CompletionException e) {
      throw new Broken("the port does not end with its stdin: " + e);
    }
  }

  /** {@code SIGKILL}, and its end. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
