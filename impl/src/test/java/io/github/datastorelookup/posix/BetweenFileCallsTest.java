package io.github.datastorelookup.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Just before each file call of an operation something else happens: the process is killed, another
 * process works on the same files, or a file is exchanged. Each time the next process opens, looks
 * up, saves and drains.
 */
@Timeout(600)
@Tag("INV-12")
@Tag("INV-13")
final class BetweenFileCallsTest {
  private static final boolean SMOKE = System.getProperty("budget", "smoke").equals("smoke");

  private static final Drain PATIENT = Drain.atMost(Duration.ofSeconds(5));

  private final Path directory;
  private int homes;

  BetweenFileCallsTest(@TempDir(factory = MemoryTempDir.class) Path directory) {
    this.directory = directory;
  }

  /** It happens before each so many file calls; all in every budget but smoke. */
  private static int stride(FileStep step) {
    return switch (step) {
      case CLOSE -> 1; // few calls
      case DRAIN, DESTROY -> SMOKE ? 40 : 1; // the same saves several times
      default -> SMOKE ? 20 : 1;
    };
  }

  /** The first of them is chosen by the seed. */
  private static int first(int stride) {
    return 1 + Math.floorMod(Long.getLong("seed", 1), stride);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("kills:leftovers-of-dead-savers-kept")
  void kill_beforeAnyFileCall_leavesTheOthersAbleToGoOn(FileStep step)
      throws IOException, InterruptedException {
    int stride = stride(step);
    for (int nth = first(stride); true; nth += stride) {
      Path home = newHome();
      int exit = killed(step, nth, home);
      if (exit == 0) {
        return;
      }
      assertEquals(KilledMain.KILLED, exit);
      goesOn(home, "INV-12: " + step + " killed before its file call " + nth);
    }
  }

  private static int killed(FileStep step, int nth, Path home)
      throws IOException, InterruptedException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            Child.classPath(),
            KilledMain.class.getName(),
            home.toString(),
            step.toString(),
            Integer.toString(nth))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @ParameterizedTest
  @EnumSource
  @Tag("kills:save-edits-the-cached-copy")
  void otherProcess_beforeAnyFileCall_losesNothing(FileStep step) throws IOException {
    int saved = 0;
    boolean reached = true;
    int stride = stride(step);
    for (int nth = first(stride); reached; nth += stride) {
      Path home = newHome();
      try (Child other = Child.start(home)) {
        other.ask("save before");
        List<String> answers = new ArrayList<>();
        FaultyFiles files = new FaultyFiles();
        int at = nth;
        step.run(
            home,
            () -> files.open(home),
            () -> files.actAt(at, () -> answers.add(save(other, "theirs"))));
        reached = files.heal() != null;
        String config = Files.readString(home.resolve("datastore.cfg"));
        if (answers.toString().contains("saved") && step != FileStep.DESTROY) {
          assertTrue(config.contains("notify-user theirs"), step + " " + at + " lost: " + config);
          saved++;
        }
        if (step == FileStep.UPDATE) {
          assertTrue(config.contains("comment new"), step + " " + at + ": " + config);
        }
      } catch (DatastoreException e) {
        throw new AssertionError("INV-13: " + step + " " + nth, e);
      }
      goesOn(home, "INV-13: " + step + " with another process before its file call " + nth);
    }
    assertTrue(saved > 0 || SMOKE || step == FileStep.DESTROY, "the other process never saved");
  }

  private static String save(Child other, String value) {
    try {
      return other.ask("save " + value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is exchanged: there is another file or directory of that name afterwards. */
  enum Victim {
    CONFIG("datastore.cfg"),
    PAGE("run/config-versions"),
    LEDGER("run/.*\\.ops"),
    STORE_LOCK("store1/\\.lock"),
    RUN_DIRECTORY("run"),
    STORE("store1");

    private final String name;

    Victim(String name) {
      this.name = name;
    }

    void exchange(Path home) {
      try (Stream<Path> all = Files.walk(home)) {
        for (Path each : all.filter(it -> home.relativize(it).toString().matches(name)).toList()) {
          Path aside = each.resolveSibling("aside");
          Files.move(each, aside);
          if (Files.isDirectory(aside)) {
            Files.createDirectory(each);
          } else if (this == LEDGER || this == PAGE) {
            Files.createFile(each);
          } else {
            Files.copy(aside, each);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Removes what no process can use; nobody may have changed it. */
    void repair(Path home) throws IOException {
      Path page = home.resolve("run/config-versions");
      if (this == PAGE && Files.exists(page) && Files.exists(page.resolveSibling("aside"))) {
        assertEquals(0, Files.size(page), "INV-13: a page that is none was made longer");
        Files.delete(page);
      }
      if (this == LEDGER) { // it has the name of this process, which lives
        try (Stream<Path> all = Files.walk(home)) {
          for (Path each : all.filter(it -> it.toString().endsWith(".ops")).toList()) {
            Files.delete(each);
          }
        }
      } else if (this == STORE && Files.notExists(home.resolve("store1/.lock"))) {
        Files.createFile(home.resolve("store1/.lock"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @Tag("kills:page-of-any-size-mapped")
  void exchangedFile_beforeAnyFileCall_isRefusedOrUsed(FileStep step) throws IOException {
    for (Victim victim : Victim.values()) {
      boolean all = victim == Victim.PAGE && step == FileStep.OPEN; // few calls are about it
      int stride = all ? 1 : stride(step);
      boolean reached = true;
      for (int nth = first(stride); reached; nth += stride) {
        Path home = newHome();
        FaultyFiles files = new FaultyFiles();
        int at = nth;
        String what = victim + " exchanged before file call " + nth + " of " + step;
        try {
          step.run(
              home, () -> files.open(home), () -> files.actAt(at, () -> victim.exchange(home)));
        } catch (DatastoreException e) {
          String message = String.valueOf(e.getMessage());
          assertTrue(message.contains(home.toString()), what + ": " + message);
        } catch (RuntimeException | Error e) {
          throw new AssertionError("INV-13: " + what, e);
        }
        reached = files.heal() != null;
        victim.repair(home);
        goesOn(home, "INV-13: " + what);
      }
    }
  }

  private Path newHome() throws IOException {
    return FileStep.prepare(directory.resolve("home" + homes++));
  }

  private static void goesOn(Path home, String after) throws IOException {
    try (DatastoreRegistry registry = new FaultyFiles().open(home)) {
      DatastoreSection section =
          registry.config().sections().stream()
              .filter(each -> each.name().equals("store1"))
              .findAny()
              .orElse(null);
      if (section != null && section.maintenanceMode() == MaintenanceMode.DELETE) {
        registry.destroy("store1", PATIENT, () -> null);
        section = null;
      }
      if (section == null) {
        registry.create(
            DatastoreSection.of("store1", Map.of("path", home.resolve("store1").toString())));
      } else if (section.maintenanceMode() != MaintenanceMode.NONE) {
        registry.clearMaintenance("store1");
      }
      registry.update("store1", Map.of("comment", "again"), List.of());
      registry.lookup("store1", Operation.WRITE).close();
      registry.runMaintenance("store1", MaintenanceMode.OFFLINE, "why", PATIENT, () -> null);
      assertEquals(new ActiveOperations(0, 0), registry.activeOperations("store1"), after);
    } catch (RuntimeException e) {
      throw new AssertionError(after, e);
    }
    try (Stream<Path> all = Files.list(home)) {
      assertEquals(
          List.of(),
          all.filter(each -> each.toString().matches(".*/\\.datastore\\.cfg.*tmp")).toList(),
          after);
    }
  }
}
