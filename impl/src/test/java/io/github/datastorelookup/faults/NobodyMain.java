package io.github.datastorelookup.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.posix.PosixPorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process that may do little: one command per line on stdin, one answer line on stdout, {@code
 * done} or the refusal. Uses nothing but the library, so that its class path is short.
 */
final class NobodyMain {
  private final Path home;

  private NobodyMain(Path home) {
    this.home = home;
  }

  public static void main(String[] args) throws IOException {
    NobodyMain nobody = new NobodyMain(Path.of(args[0]));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(nobody.answer(line));
      System.out.flush();
    }
  }

  /** Opens a registry, does one thing, and closes it. */
  private String answer(String command) {
    try (DatastoreRegistry registry =
        DatastoreRegistry.builder(
                PosixPorts.of(home.resolve("datastore.cfg"), home.resolve("run"), true))
            .withoutWatcher()
            .open()) {
      switch (command) {
        case "read" -> registry.lookup("store1", Operation.READ).close();
        case "update" -> registry.update("store1", Map.of("comment", "by nobody"), List.of());
        case "offline" -> registry.setMaintenance("store1", MaintenanceMode.OFFLINE, null);
        case "count" -> registry.activeOperations("store1");
        default -> throw new IllegalArgumentException(command);
      }
      return "done " + registry.activeOperations("store1");
    } catch (DatastoreException e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    } catch (RuntimeException | Error e) {
      return "not typed: " + e;
    }
  }
}
