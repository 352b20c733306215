package io.github.datastorelookup.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Another process with a registry: one command per line on stdin, one answer line on stdout. */
final class RegistryMain {
  private final Path directory;
  private final DatastoreRegistry registry;
  private final List<DatastoreHandle> handles = new ArrayList<>();

  private RegistryMain(Path config, Path run) {
    directory = config.resolveSibling("data");
    registry = DatastoreRegistry.builder(PosixPorts.of(config, run, true)).open();
  }

  public static void main(String[] args) throws IOException {
    RegistryMain child = new RegistryMain(Path.of(args[0]), Path.of(args[1]));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String answer;
      try {
        answer = child.run(line.split(" ", -1));
      } catch (RuntimeException | InterruptedException e) {
        answer = "error: " + e;
      }
      System.out.println(answer);
      System.out.flush();
    }
    System.exit(0); // a task that was started waits for ever
  }

  private String run(String[] command) throws InterruptedException {
    switch (command[0]) {
      case "create" -> {
        String path = directory.resolve(command[1]).toString();
        registry.create(DatastoreSection.of(command[1], Map.of("path", path)));
      }
      case "lookup" -> handles.add(registry.lookup(command[1], Operation.valueOf(command[2])));
      case "drop" -> {
        handles.forEach(DatastoreHandle::close);
        handles.clear();
      }
      case "offline" -> registry.setMaintenance(command[1], MaintenanceMode.OFFLINE, "disk swap");
      case "task" -> task(command[1]);
      case "close" -> registry.close();
      default -> throw new IllegalArgumentException("unknown command: " + command[0]);
    }
    return "done";
  }

  /** Starts a task that never ends, and waits until it runs. */
  private void task(String name) throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () ->
                registry.runMaintenance(
                    name,
                    MaintenanceMode.UNMOUNT,
                    null,
                    Drain.atMost(Duration.ofSeconds(30)),
                    () -> {
                      running.countDown();
                      forEver();
                    }));
    thread.setDaemon(true);
    thread.start();
    running.await();
  }

  private static void forEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
