package io.github.datastorelookup.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datastorelookup.DatastoreRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A running {@link NobodyMain}, as the user 65534: to root no permission is ever denied. */
final class Nobody {
  /** The user's number, and the group's. */
  static final int ID = 65534;

  private final Process process;
  private final BufferedReader answers;
  private final Writer commands;

  private Nobody(Process process) {
    this.process = process;
    this.answers = process.inputReader(UTF_8);
    this.commands = process.outputWriter(UTF_8);
  }

  /** Starts one on this directory, or aborts the test where that is not allowed. */
  static Nobody start(Path home) throws IOException, InterruptedException {
    return start(home, ID, "022", List.of());
  }

  /**
   * The same as this user and of group {@link #ID}, under this umask.
   *
   * @param options owner and group of the files, or none
   */
  static Nobody start(Path home, int user, String umask, List<String> options)
      throws IOException, InterruptedException {
    List<String> drop =
        List.of("setpriv", "--reuid=" + user, "--regid=" + ID, "--clear-groups", "--");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    if (!works(drop, java, "-version")) {
      Assumptions.abort("declared: only root may become nobody, with setpriv and a Java for all");
    }
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", "umask " + umask + "; exec \"$@\"", "sh"));
    command.addAll(drop);
    command.addAll(List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.addAll(List.of(classPath(home), NobodyMain.class.getName(), home.toString()));
    command.addAll(options);
    return new Nobody(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  private static boolean works(List<String> drop, String... then) throws InterruptedException {
    List<String> command = new ArrayList<>(drop);
    command.addAll(List.of(then));
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // no setpriv
    }
  }

  /** The classes, copied to where everybody may read them. */
  private static String classPath(Path home) throws IOException {
    Path classes = Files.createTempDirectory(home, "classes");
    Files.setPosixFilePermissions(classes, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> path = new ArrayList<>();
    for (Class<?> each : List.of(DatastoreRegistry.class, NobodyMain.class)) {
      Path target = classes.resolve(each.getSimpleName());
      copy(origin(each), target);
      path.add(target.toString());
    }
    try (Stream<Path> all = Files.walk(classes)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
    return String.join(":", path);
  }

  private static Path origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }

  /** Sends a command and waits for the answer. */
  String ask(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
    return String.valueOf(answers.readLine());
  }

  /** Lets it end. */
  void end() throws IOException, InterruptedException {
    commands.close();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
