package io.github.datastorelookup.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.datastorelookup.posix.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is shown of a config and a run directory that do not belong together. */
@Timeout(60)
final class InspectInstallationTest {
  private final Path directory;
  private final Path config;
  private final Path run;
  private final Path use;

  InspectInstallationTest(@TempDir Path directory) {
    this.directory = directory;
    config = directory.resolve("datastore.cfg");
    run = directory.resolve("run");
    use = directory.resolve(".datastore.use");
  }

  @Test
  @Tag("INV-3")
  @Tag("kills:inspect-of-any-run-directory")
  void runDirectory_thatLiveProcessesDoNotUse_isAProblemAndNobodyIsNoAnswer() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    Path copy = Files.createDirectory(directory.resolve("copy"));
    List<Path> wrong = List.of(empty, copy, directory.resolve("data").resolve("store1"), directory);
    try (Child child = Child.start(directory, RegistryMain.class)) {
      child.ask("create store1");
      child.ask("create store2");
      child.ask("lookup store1 WRITE");
      child.ask("task store2");
      Files.copy(run.resolve("config-versions"), copy.resolve("config-versions"));
      Map<String, String> before = Tree.of(directory);
      for (Path other : wrong) {
        boolean listed = json(config, other).at("/runDirectory/listed").asBoolean();
        assertFalse(listed, "it takes " + other + " for that of pid " + child.pid());
        Shown shown = inspect(config, other).problems("1 problem: run directory");
        shown.has("problem: run directory: " + other + ": ");
        shown.has(use + " names another one: theirs=" + run + "; used by pid " + child.pid() + ":");
        shown.has(
            "store1 - unknown ",
            " unknown: see the problems\n",
            "run directory " + other + ", ledgers not known");
        shown.hasNot("no process").hasNot(" free ").hasNot("no task");
      }
      assertEquals(before, Tree.of(directory));
      Shown.inspect(directory).ok().has("pid " + child.pid() + " (READ 0, WRITE 1)");
    }
    for (Path other : wrong) {
      Shown shown = inspect(config, other).ok().has("note: run directory: " + other + ": ");
      shown.has(use + " names another one: theirs=" + run + "; no process uses it now\n");
    }
    Shown.inspect(directory).ok().hasNot(use.toString());
  }

  @Test
  void runDirectory_thatIsNotThere_isAProblemThatNamesTheRightOne() throws IOException {
    try (Child child = Child.start(directory, RegistryMain.class)) {
      child.ask("create store1");
      Shown shown = inspect(config, directory.resolve("nowhere"));
      shown.problems("2 problems: run directory").has("theirs=" + run + ";").hasNot("no process");
    }
  }

  @Test
  void runDirectory_byALink_isTheSame() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), run);
    try (Child child = Child.start(directory, RegistryMain.class)) {
      child.ask("create store1");
      inspect(config, link).ok().has("store1 - free ", " no process\n").hasNot(use.toString());
    }
  }

  @Test
  void config_thatLiveProcessesDoNotUse_isAProblemAndNobodyIsNoAnswer() throws IOException {
    Path etc = Files.createDirectory(directory.resolve("etc"));
    Path other = etc.resolve("my datastore.cfg");
    try (Child child = Child.start(directory, RegistryMain.class)) {
      child.ask("create store1");
      Files.copy(config, other);
      Shown shown = inspect(other, run).problems("2 problems: config, config lock");
      shown.has("problem: config: " + other + ": ");
      shown.has(
          run.resolve("config-use") + " names another one: theirs=" + config + "; used by pid ");
      shown.hasNot("no process").hasNot(" free ");
      child.ask("close");
    }
    inspect(other, run)
        .ok()
        .has("note: config: " + other + ": ", "theirs=" + config + "; no process");
    inspect(directory.resolve("nowhere/x.cfg"), run)
        .problems("1 problem: config")
        .has("note: config: ", "theirs=" + config + "; no process");
  }

  /** A process that was killed while it wrote leaves any part of the text. */
  @Test
  void useFile_isTorn_isANoteAndAProblemWhileSomebodyHoldsIt() throws IOException {
    try (Child child = Child.start(directory, RegistryMain.class)) {
      child.ask("create store1");
      Files.writeString(use, "65024:12 /ru");
      Shown shown = Shown.inspect(directory).problems("1 problem: run directory");
      shown.has(use + ": is torn; used by pid " + child.pid()).hasNot("no process");
    }
    for (byte[] torn : List.of(new byte[0], new byte[20_000])) {
      Files.write(use, torn);
      Shown.inspect(directory).ok().has("note: run directory: " + use + ": is torn");
    }
  }

  @Test
  void useFile_thatCannotBeRead_isAProblem() throws IOException {
    try (Child child = Child.start(directory, RegistryMain.class)) {
      child.ask("create store1");
    }
    Files.move(use, directory.resolve("use"));
    Shown.inspect(directory).ok(); // no process of this version has run
    Files.createSymbolicLink(use, directory.resolve("use"));
    Shown shown = Shown.inspect(directory).problems("1 problem: run directory");
    shown.has(use + ": is a symbolic link").hasNot("no process");
  }

  private static Shown inspect(Path config, Path run) {
    json(config, run);
    return Shown.run("inspect", "--config", config.toString(), "--run", run.toString());
  }

  private static JsonNode json(Path config, Path run) {
    String[] arguments = {
      "inspect", "--config", config.toString(), "--run", run.toString(), "--json"
    };
    return InspectJson.requireValid(Shown.run(arguments));
  }
}
