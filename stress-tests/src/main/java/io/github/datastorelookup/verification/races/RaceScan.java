package io.github.datastorelookup.verification.races;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openjdk.jcstress.annotations.JCStressTest;

/** Finds the races by their annotation, without asking jcstress. */
public final class RaceScan {
  private RaceScan() {}

  /** All annotated classes in these folders of class files, by their names in jcstress. */
  public static NavigableMap<String, Class<?>> annotated(Path... folders) throws IOException {
    NavigableMap<String, Class<?>> races = new TreeMap<>();
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          files
              .map(file -> folder.relativize(file).toString())
              .filter(name -> name.endsWith(".class") && name.contains("races/"))
              .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
              .map(RaceScan::load)
              .filter(type -> type.isAnnotationPresent(JCStressTest.class))
              .forEach(type -> races.put(type.getName().replace('$', '.'), type));
        }
      }
    }
    return races;
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, RaceScan.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("class=" + name + " is compiled but does not load", e);
    }
  }
}
