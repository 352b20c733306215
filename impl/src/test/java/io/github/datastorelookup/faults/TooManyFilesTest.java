package io.github.datastorelookup.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.DatastoreRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clause R2 with a real limit of 120 descriptors. */
@Timeout(300)
class TooManyFilesTest {
  private static final int DATASTORES = 130;

  private final Path directory;

  TooManyFilesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void registry_withMoreIdleDatastoresThanDescriptors_goesOn() throws Exception {
    StringBuilder config = new StringBuilder();
    for (int i = 0; i < DATASTORES; i++) {
      String name = TooManyFilesMain.name(i);
      Path store = Files.createDirectory(directory.resolve(name));
      Files.createFile(store.resolve(".lock"));
      config.append("datastore: ").append(name).append("\n\tpath ").append(store).append("\n\n");
    }
    Files.writeString(directory.resolve("datastore.cfg"), config);
    List<String> said = run();
    assertEquals(List.of("looked up", "saved", "drained and created"), said.subList(0, 3));
    assertTrue(said.get(3).startsWith("refused: "), said.get(3));
    assertTrue(said.get(3).contains("Too many open files"), said.get(3));
    assertEquals("works again", said.get(4));
  }

  /** From jars, as in production: a folder of classes takes a descriptor to load each class. */
  private List<String> run() throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    ProcessBuilder child =
        new ProcessBuilder(
            "/bin/sh",
            "-c",
            "ulimit -n 120; exec \"$@\"",
            "sh",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            jar(DatastoreRegistry.class, "library.jar")
                + ":"
                + jar(TooManyFilesMain.class, "tests.jar"),
            TooManyFilesMain.class.getName(),
            directory.toString(),
            String.valueOf(DATASTORES));
    child.environment().put("LC_ALL", "C");
    Path errors = directory.resolve("errors");
    int exit =
        child.redirectOutput(output.toFile()).redirectError(errors.toFile()).start().waitFor();
    List<String> said = Files.readAllLines(output);
    assertEquals(0, exit, () -> said + "\n" + text(errors));
    return said;
  }

  private Path jar(Class<?> of, String name) {
    Path jar = directory.resolve(name);
    URI classes = URI.create(of.getProtectionDomain().getCodeSource().getLocation().toString());
    if (Files.isRegularFile(Path.of(classes))) {
      return Path.of(classes); // a jar already
    }
    int made =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--create",
                "--file",
                jar.toString(),
                "-C",
                Path.of(classes).toString(),
                "io");
    assertEquals(0, made);
    return jar;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
