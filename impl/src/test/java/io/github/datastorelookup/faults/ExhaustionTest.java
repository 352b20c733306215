package io.github.datastorelookup.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.posix.Child;
import io.github.datastorelookup.posix.MemoryTempDir;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real Errors, each kind in a JVM of its own (E1). */
@Timeout(180)
@Tag("INV-5")
@Tag("INV-6")
@Tag("INV-11")
class ExhaustionTest {
  /** Whose classes callers use before anything proves that there is room. */
  private static final Set<String> USED_FIRST =
      Set.of(
          DatastoreRegistry.class.getPackageName(),
          DatastoreSection.class.getPackageName(),
          OperationWord.class.getPackageName());

  @Test
  void operations_onAFullHeap_leaveNothing() throws IOException, InterruptedException {
    expectEnd(
        List.of(
            "-Xmx24m",
            "-XX:+UseSerialGC",
            "-XX:-EliminateAllocations", // else a frame may be lost, finally and all: limits.md
            "-cp",
            Child.classPath(),
            HeapMain.class.getName()));
  }

  /**
   * From where not even a call fits to where all do: what overflows leaves no count, no lock and no
   * class that fails for ever. Frames have other sizes with each compiler.
   */
  @ParameterizedTest
  @Tag("kills:no-stack-proved")
  @Tag("kills:undo-without-stack")
  @ValueSource(strings = {"-XX:+TieredCompilation", "-XX:TieredStopAtLevel=1"})
  void operations_atEachDepthOfTheStack_leaveNothing(
      String compiler, @TempDir(factory = MemoryTempDir.class) Path directory)
      throws IOException, InterruptedException {
    expectEnd(
        List.of(
            compiler, "-cp", Child.classPath(), StackMain.class.getName(), directory.toString()));
  }

  /** A class whose initialization overflows fails for ever: none is left to a caller's stack. */
  @Test
  @Tag("kills:nothing-rehearsed-at-open")
  void staticState_ofTheLibrary_isInitializedByOpening(@TempDir Path directory) throws Exception {
    List<String> initialized =
        output(
                List.of(
                    "-Xlog:class+init=info:stdout:none",
                    "-cp",
                    Child.classPath(),
                    OpenMain.class.getName(),
                    directory.toString()))
            .stream()
            .map(line -> line.replaceFirst(".*Initializing '([^']*)'.*", "$1").replace('/', '.'))
            .toList();
    NavigableSet<String> left = new TreeSet<>();
    for (JavaClass each :
        new ClassFileImporter()
            .importUrl(
                DatastoreRegistry.class.getProtectionDomain().getCodeSource().getLocation())) {
      if (each.getStaticInitializer().isPresent() && USED_FIRST.contains(each.getPackageName())) {
        left.add(each.getName());
      }
    }
    assertTrue(left.size() > 10, () -> "found only " + left);
    left.removeAll(initialized);
    assertEquals(Set.of(), left);
  }

  private static void expectEnd(List<String> arguments) throws IOException, InterruptedException {
    assertEquals(List.of("end"), output(arguments));
  }

  private static List<String> output(List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var out = process.inputReader(UTF_8)) {
      List<String> lines = out.lines().toList();
      assertEquals(0, process.waitFor(), lines::toString);
      return lines;
    }
  }
}
