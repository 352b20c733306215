package io.github.datastorelookup.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.posix.PosixPorts;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/** A program that does with its own files, or with class loaders, what programs do. */
final class HostMain {
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private final Path config;
  private final Path run;
  private final DatastoreRegistry registry;
  private final List<DatastoreHandle> handles = new ArrayList<>();

  private HostMain(Path config, Path run) {
    this.config = config;
    this.run = run;
    registry = Home.builder(PosixPorts.of(config, run, true)).open();
  }

  public static void main(String[] args) throws IOException {
    HostMain host = new HostMain(Path.of(args[0]), Path.of(args[1]));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String answer;
      try {
        answer = host.run(line.split(" ", -1));
      } catch (DatastoreException e) {
        answer = e.getClass().getSimpleName() + ": " + e.getMessage();
      } catch (IOException | ReflectiveOperationException | RuntimeException e) {
        answer = "error: " + e;
      }
      System.out.println(answer);
      System.out.flush();
    }
  }

  private String run(String[] command) throws IOException, ReflectiveOperationException {
    switch (command[0]) {
      case "lookup" -> handles.add(registry.lookup(command[1], Operation.WRITE));
      case "guard" -> {
        return String.valueOf(handles.get(0).chunkStore().tryShared() != null);
      }
      case "read" -> read(Path.of(command[1]));
      case "refresh" -> registry.refresh();
      case "forget-properties" -> System.setProperties(new Properties());
      case "open-in-another-loader" -> {
        return openInAnotherLoader();
      }
      case "destroy" ->
          registry.destroy(
              command[1],
              Drain.atMost(Duration.ZERO),
              () -> {
                throw new IllegalStateException("data is removed");
              });
      default -> throw new IllegalArgumentException("unknown command: " + command[0]);
    }
    return "done";
  }

  /** As a support bundle does. */
  private static void read(Path below) throws IOException {
    try (Stream<Path> all = Files.walk(below)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        byte[] unused = Files.readAllBytes(file);
      }
    }
  }

  private String openInAnotherLoader() throws IOException, ReflectiveOperationException {
    URL[] path =
        Stream.of(CLASS_PATH.split(File.pathSeparator, -1)).map(HostMain::url).toArray(URL[]::new);
    try (URLClassLoader copy = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
      String name = "io.github.datastorelookup.";
      Object ports =
          copy.loadClass(name + "posix.PosixPorts")
              .getMethod("of", Path.class, Path.class, boolean.class)
              .invoke(null, config, run, true);
      Class<?> type = copy.loadClass(name + "DatastoreRegistry");
      Object builder =
          type.getMethod("builder", copy.loadClass(Ports.class.getName())).invoke(null, ports);
      return String.valueOf(builder.getClass().getMethod("open").invoke(builder));
    } catch (InvocationTargetException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(entry, e);
    }
  }
}
