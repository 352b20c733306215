package io.github.datastorelookup.verification.races;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * A class path of jars with absolute paths. jcstress looks for its result classes on the class
 * path. It takes the names of files in class folders for names of classes, and then gives up on
 * {@code @Contended}.
 */
final class JarClassPath {
  private JarClassPath() {}

  /** The same classes in the same order; puts each class folder into a jar in {@code place}. */
  static String of(String classPath, Path place) throws IOException {
    Files.createDirectories(place);
    List<String> jars = new ArrayList<>();
    for (String each : classPath.split(File.pathSeparator, -1)) {
      Path entry = Path.of(each).toAbsolutePath();
      if (Files.isDirectory(entry)) {
        entry = jar(entry, place.resolve(jars.size() + ".jar").toAbsolutePath());
      }
      jars.add(entry.toString());
    }
    return String.join(File.pathSeparator, jars);
  }

  private static Path jar(Path folder, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> tree = Files.walk(folder)) {
      out.setLevel(0); // it is read once for each fork, and never moved
      for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
        long unused = Files.copy(file, out);
      }
    }
    return jar;
  }
}
