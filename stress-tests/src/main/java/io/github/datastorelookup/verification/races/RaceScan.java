package io.github.datastorelookup.verification.races;

import io.github.datastorelookup.verification.tests.CheckScan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.openjdk.jcstress.annotations.JCStressTest;

/** Finds the races by their annotation, without asking jcstress. */
public final class RaceScan {
  private RaceScan() {}

  /** All annotated classes in these folders of class files, by their names in jcstress. */
  public static NavigableMap<String, Class<?>> annotated(Path... folders) throws IOException {
    NavigableMap<String, Class<?>> races = new TreeMap<>();
    for (Path folder : folders) {
      for (String name : CheckScan.classNames(folder)) {
        if (name.contains("races.")) {
          Class<?> type = CheckScan.load(name, RaceScan.class.getClassLoader());
          if (type.isAnnotationPresent(JCStressTest.class)) {
            races.put(name.replace('$', '.'), type);
          }
        }
      }
    }
    return races;
  }
}
