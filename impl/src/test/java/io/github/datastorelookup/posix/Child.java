package io.github.datastorelookup.posix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Another process that answers commands, such as a running {@link ChildMain}. Closing it lets it
 * end properly, but not close its ledger.
 */
public final class Child implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final Writer commands;

  private Child(Process process) {
    this.process = process;
    this.answers = process.inputReader(UTF_8);
    this.commands = process.outputWriter(UTF_8);
  }

  /** Starts one on {@code datastore.cfg} and {@code run} in this directory. */
  public static Child start(Path directory) throws IOException {
    return start(directory, ChildMain.class);
  }

  /** Starts this class in place of {@link ChildMain}. */
  public static Child start(Path directory, Class<?> main) throws IOException {
    return start(directory, main, "");
  }

  /** Starts one under this umask. */
  static Child startWithUmask(Path directory, String umask) throws IOException {
    return start(directory, ChildMain.class, "umask " + umask + "; ");
  }

  private static Child start(Path directory, Class<?> main, String before) throws IOException {
    List<String> command =
        List.of(
            "/bin/sh",
            "-c",
            before + "exec \"$@\"",
            "sh",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            classPath(),
            main.getName(),
            directory.resolve("datastore.cfg").toString(),
            directory.resolve("run").toString());
    return new Child(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** The library that the caller runs comes first: it may be a mutant. */
  public static String classPath() {
    URL library = PosixPorts.class.getProtectionDomain().getCodeSource().getLocation();
    return Path.of(URI.create(library.toString()))
        + File.pathSeparator
        + System.getProperty("java.class.path");
  }

  /** Sends a command and waits for the answer, which must not be an error. */
  public String ask(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
    String answer = answers.readLine();
    if (answer == null || answer.startsWith("error")) {
      throw new IllegalStateException(command + " -> " + answer);
    }
    return answer;
  }

  /** Its number. */
  public long pid() {
    return process.pid();
  }

  /** Ends it as {@code kill -9} does, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    Awaitility.await().until(() -> !process.isAlive());
  }

  @Override
  public void close() {
    try {
      commands.close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      process.destroyForcibly();
      if (process.isAlive()) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
