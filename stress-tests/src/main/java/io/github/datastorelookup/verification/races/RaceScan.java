package io.github.datastorelookup.verification.races;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.openjdk.jcstress.annotations.JCStressTest;

/** Finds the races by their annotation, without asking jcstress. */
final class RaceScan {
  private RaceScan() {}

  /** The names of all annotated classes in these folders of class files. */
  static NavigableSet<String> annotated(Path... folders) throws IOException {
    NavigableSet<String> races = new TreeSet<>();
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          files
              .map(file -> folder.relativize(file).toString())
              .filter(name -> name.endsWith(".class") && name.contains("races/"))
              .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
              .filter(RaceScan::isRace)
              .map(name -> name.replace('$', '.'))
              .forEach(races::add);
        }
      }
    }
    return races;
  }

  private static boolean isRace(String name) {
    try {
      ClassLoader loader = RaceScan.class.getClassLoader();
      return Class.forName(name, false, loader).isAnnotationPresent(JCStressTest.class);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("class=" + name + " is compiled but does not load", e);
    }
  }
}
