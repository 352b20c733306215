package io.github.datastorelookup.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.posix.Child;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar as operators run it: alone, as a process of its own, perhaps without privileges. */
@Timeout(60)
final class JarIT {
  private static final List<String> UNPRIVILEGED =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  private final Path directory;
  private final Path jar;

  JarIT(@TempDir Path directory) throws Exception {
    this.directory = directory;
    this.jar = jar();
  }

  /** Beside these classes, whoever runs them: the one with the shortest name. */
  private static Path jar() throws Exception {
    Path here = Path.of(JarIT.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.list(here.resolveSibling("."))) {
      return files
          .map(Path::normalize)
          .filter(file -> file.toString().endsWith(".jar"))
          .min(Comparator.comparing(file -> file.toString().length()))
          .orElseThrow(() -> new AssertionError("no jar beside " + here));
    }
  }

  private String version() {
    return jar.getFileName().toString().replaceAll("^datastore-lookup-|\\.jar$", "");
  }

  @Test
  void inspect_allRight_ends0AndChangesNothing() throws Exception {
    try (Child child = Child.start(directory, RegistryMain.class)) {
      child.ask("create store1");
      child.ask("lookup store1 WRITE");
      Map<String, String> before = Tree.of(directory);
      Shown shown = inspect(List.of());
      assertEquals("", shown.err(), "no logger, no missing annotation says a word");
      assertEquals(before, Tree.of(directory));
      shown.ok().has("store1 " + child.pid() + " 0 1 open\n");
      shown.has(" pid " + child.pid() + " (READ 0, WRITE 1)\n");
    }
  }

  @Test
  void inspect_problems_ends1() throws Exception {
    Files.writeString(directory.resolve("datastore.cfg"), "nonsense\n");
    inspect(List.of())
        .problems("2 problems: run directory, config")
        .has("datastore.cfg line 1: syntax error (expected header)");
  }

  @Test
  void wrongCommandLine_ends2() throws Exception {
    Shown shown = run(List.of(), "inspect", "--config", "a");
    assertEquals(Main.USAGE, shown.code());
    assertEquals("", shown.out());
    assertTrue(shown.err().startsWith("missing option: --run\nusage: "), shown.err());
  }

  /** A full disk behind standard output. */
  @Test
  void output_thatCannotBeWritten_ends3() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toString(),
                "--help")
            .redirectOutput(new File("/dev/full"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertEquals(Main.OUTPUT, process.waitFor());
  }

  @Test
  void version_isThatOfTheJar() throws Exception {
    Shown shown = run(List.of(), "--version");
    assertEquals("datastore-lookup " + version() + "\n", shown.out());
    assertEquals(Main.OK, shown.code());
  }

  /** A program of modules sees the library and the ports, but not the command. */
  @Test
  void module_exportsAllPackagesButThatOfInspect() {
    var module = ModuleFinder.of(jar).find("io.github.datastorelookup").orElseThrow().descriptor();
    Set<String> hidden = new TreeSet<>(module.packages());
    module.exports().forEach(exported -> hidden.remove(exported.source()));
    assertEquals(Set.of("io.github.datastorelookup.inspect"), hidden);
    assertFalse(module.isAutomatic());
  }

  /** A debugger of a program that depends on the library finds each class. */
  @Test
  void sources_haveEachClassOfTheJar() throws Exception {
    Path sources = jar.resolveSibling("datastore-lookup-" + version() + "-sources.jar");
    Set<String> classes = entries(jar, ".class");
    assertTrue(classes.size() >= 100, classes.size() + " classes");
    assertEquals(classes, entries(sources, ".java"));
  }

  /** The top-level classes in a jar, by the names of its files. */
  private static Set<String> entries(Path jar, String ending) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(ending) && !name.contains("$"))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** What may not be read is reported one by one, and the rest is shown all the same. */
  @Test
  void inspect_byAUserWhoMayReadLittle_reportsThatAndShowsTheRest() throws Exception {
    List<String> user = anotherUser();
    try (Child child = Child.start(directory, RegistryMain.class)) {
      child.ask("create store1");
      child.ask("lookup store1 WRITE");
      chmod("644", "datastore.cfg");
      Shown closed = inspect(user);
      closed.problems("5 problems: config lock, generation page, run directory, maintenance locks");
      closed.has("problem: run directory: " + directory.resolve("run") + ": permission denied");
      closed.has("store1 - unknown " + directory.resolve("data/store1") + " unknown: see");
      chmod("755", "run");
      Shown listed = inspect(user);
      listed.problems(
          "6 problems: config lock, generation page, ledger, run directory, config, maintenance locks");
      listed.has(".datastore.use: permission denied", "config-use: permission denied");
      listed.has(" locked " + child.pid() + " ? ? ", ".ops: permission denied: needed=[READ]");
    }
  }

  /** No permission to write is needed for a full answer. */
  @Test
  void inspect_byAUserWhoMayReadAll_isComplete() throws Exception {
    List<String> user = anotherUser();
    try (Child child = Child.start(directory, RegistryMain.class)) {
      child.ask("create store1");
      child.ask("lookup store1 WRITE");
      chmod("-R", "a+rX", "run", "datastore.cfg", ".datastore.lck", ".datastore.use");
      inspect(user).ok().has("live " + child.pid() + " ");
      child.ask("lookup store1 READ");
    }
  }

  /** How to run a command as nobody, who may enter the directory and read the jar in it. */
  private List<String> anotherUser() throws Exception {
    List<String> command = new ArrayList<>(UNPRIVILEGED);
    command.add("true");
    if (new ProcessBuilder(command).start().waitFor() != 0) {
      Assumptions.abort("declared: only root may become another user");
    }
    Files.copy(jar, directory.resolve("inspect.jar"));
    chmod("755", ".");
    chmod("644", "inspect.jar");
    return UNPRIVILEGED;
  }

  private void chmod(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("chmod"));
    command.addAll(List.of(arguments));
    assertEquals(
        0, new ProcessBuilder(command).directory(directory.toFile()).inheritIO().start().waitFor());
  }

  private Shown inspect(List<String> before) throws Exception {
    String config = directory.resolve("datastore.cfg").toString();
    String run = directory.resolve("run").toString();
    return run(before, "inspect", "--config", config, "--run", run);
  }

  private Shown run(List<String> before, String... arguments) throws Exception {
    Path copy = directory.resolve("inspect.jar");
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", (Files.exists(copy) ? copy : jar).toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    // The JVM would announce that it picked these up.
    List<String> options = List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS");
    builder.environment().keySet().removeAll(options);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    return new Shown(process.waitFor(), out.replaceAll(" +", " "), err);
  }
}
