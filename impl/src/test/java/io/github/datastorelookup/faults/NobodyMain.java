package io.github.datastorelookup.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.posix.PosixPorts;
import io.github.datastorelookup.posix.SharedAccess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A process that may do little: one command per line on stdin, one answer line on stdout, {@code
 * done} or the refusal. Uses nothing but the library, so that its class path is short.
 */
final class NobodyMain {
  private final Path home;

  private final SharedAccess access;

  private NobodyMain(Path home, SharedAccess access) {
    this.home = home;
    this.access = access;
  }

  public static void main(String[] args) throws IOException {
    SharedAccess access = SharedAccess.defaults();
    if (args.length > 1) {
      access = access.withOwner(args[1]).withGroup(args[2]);
    }
    NobodyMain nobody = new NobodyMain(Path.of(args[0]), access);
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
                PosixPorts.of(home.resolve("datastore.cfg"), home.resolve("run"), true, access))
            .withoutWatcher()
            .open()) {
      String[] words = command.split(" ", -1);
      String name = words.length > 1 ? words[1] : "store1";
      switch (words[0]) {
        case "read" -> registry.lookup(name, Operation.READ).close();
        case "write" -> registry.lookup(name, Operation.WRITE).close();
        case "update" -> registry.update(name, Map.of("comment", "by nobody"), List.of());
        case "offline" -> registry.setMaintenance(name, MaintenanceMode.OFFLINE, null);
        case "online" -> registry.clearMaintenance(name);
        case "count" -> registry.activeOperations(name);
        case "create" ->
            registry.create(
                DatastoreSection.of(name, Map.of("path", home.resolve(name).toString())));
        case "destroy" -> registry.destroy(name, Drain.atMost(Duration.ZERO), () -> {});
        case "hold" -> registry.lookup(name, Operation.WRITE); // dies with it
        default -> throw new IllegalArgumentException(command);
      }
      if (words[0].equals("hold")) {
        Runtime.getRuntime().halt(0);
      }
      return "done " + registry.activeOperations("store1");
    } catch (DatastoreException e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    } catch (RuntimeException | Error e) {
      return "not typed: " + e;
    }
  }
}
