package io.github.datastorelookup.verification.races;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JVM in which jcstress runs: its class path, its cores, its padding. */
@Tag("runner")
class RaceProcessTest {
  private static final String WARM = RaceProcess.PACKAGE + "CountVersusCount";

  private final Path folder;

  RaceProcessTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void jars_haveTheClassesOfTheFolders_inTheirOrder() throws Exception {
    Path first = Files.createDirectories(folder.resolve("first/a"));
    Files.writeString(first.resolve("x"), "first");
    Path second = Files.createDirectories(folder.resolve("second/a"));
    Files.writeString(second.resolve("x"), "second");
    String path =
        JarClassPath.of(
            first.getParent() + File.pathSeparator + second.getParent(), folder.resolve("jars"));
    String[] jars = path.split(File.pathSeparator, -1);
    assertEquals(2, jars.length);
    URL[] urls = {Path.of(jars[0]).toUri().toURL(), Path.of(jars[1]).toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, null);
        InputStream found = Objects.requireNonNull(loader.getResourceAsStream("a/x"))) {
      assertEquals("first", new String(found.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void run_onClassFolders_isRefusedAsFieldsCannotBePadded() throws IOException {
    RaceProcess process =
        new RaceProcess(folder, absolute(System.getProperty("java.class.path")), true);
    IOException refused =
        assertThrows(IOException.class, () -> process.run(List.of(WARM), "mapped", 1, line -> {}));
    assertTrue(refused.toString().contains("jcstress cannot use @Contended"), refused::toString);
  }

  @Test
  void cores_areThoseThatTheKernelAllows() throws IOException {
    assertEquals(
        3,
        Cores.allowed(List.of("Name:\tjava", "Cpus_allowed:\t00000001,00000003", "Seccomp:\t0")));
    assertThrows(IOException.class, () -> Cores.allowed(List.of("Cpus_allowed_list:\t0-1")));
  }

  private static String absolute(String path) {
    return String.join(
        File.pathSeparator,
        List.of(path.split(File.pathSeparator, -1)).stream()
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .toList());
  }
}
