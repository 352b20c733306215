package io.github.datastorelookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the README compiles, and does what its comments say. */
class ReadmeTest {
  private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  private static final String PROGRAM =
      """
      import io.github.datastorelookup.*;
      import io.github.datastorelookup.config.*;
      import io.github.datastorelookup.port.Ports;
      import io.github.datastorelookup.posix.PosixPorts;
      import java.nio.file.Path;
      import java.util.Map;

      public class Example {
        public static void run(Path directory) {
      %s  }
      }
      """;

  @Test
  void example_whenRun_doesWhatItSays(@TempDir Path directory) throws Exception {
    Path readme = Path.of("..", "README.md");
    Matcher example = EXAMPLE.matcher(Files.readString(readme));
    assertTrue(example.find(), "no example in " + readme);
    Path source = directory.resolve("Example.java");
    Files.writeString(source, PROGRAM.replace("%s", example.group(1)));
    compile(source, directory);
    assertEquals(
        "datastore 'store1' is unavailable: offline maintenance mode: disk swap",
        run(directory).getMessage());
  }

  private static void compile(Path source, Path classes) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    URL library = DatastoreRegistry.class.getProtectionDomain().getCodeSource().getLocation();
    String classpath = Path.of(library.toURI()).toString();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of("-classpath", classpath, "-d", classes.toString()),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      assertTrue(compiled, said.toString());
    }
  }

  private static Throwable run(Path directory) throws Exception {
    URL[] classes = {directory.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classes, ReadmeTest.class.getClassLoader())) {
      loader.loadClass("Example").getMethod("run", Path.class).invoke(null, directory);
      throw new AssertionError("the last line has to be refused");
    } catch (InvocationTargetException e) {
      return e.getCause() == null ? e : e.getCause();
    }
  }
}
