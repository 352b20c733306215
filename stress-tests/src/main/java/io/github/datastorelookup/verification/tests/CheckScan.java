package io.github.datastorelookup.verification.tests;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Counts all checks, by reading class files and reflecting on annotations.
 *
 * <p>It asks no test engine: an engine that finds too little would also count too little, and the
 * run would pass. Every annotation that makes a method a check, of Jupiter or of jqwik, carries
 * {@link Testable}.
 */
public final class CheckScan {
  private CheckScan() {}

  /**
   * All classes with checks below this folder, fixtures left out.
   *
   * @param module the module that the folder belongs to
   * @param folder a folder of class files; may be absent
   * @param loader finds the classes
   */
  public static List<CheckClass> folder(String module, Path folder, ClassLoader loader)
      throws IOException {
    List<CheckClass> found = new ArrayList<>();
    for (String name : classNames(folder)) {
      CheckClass checks = of(module, load(name, loader));
      if (checks != null && !checks.fixture()) {
        found.add(checks);
      }
    }
    return found;
  }

  /** The checks of one class, fixture or not; null when it has none. */
  public static @Nullable CheckClass of(String module, Class<?> type) {
    if (Modifier.isAbstract(type.getModifiers())) {
      return null;
    }
    NavigableSet<CheckId> checks = new TreeSet<>();
    for (Method method : testables(type)) {
      checks.add(CheckId.of(type, method));
    }
    return checks.isEmpty() ? null : new CheckClass(module, type, tags(type), checks);
  }

  /** The check methods of a class. */
  public static List<Method> testables(Class<?> type) {
    return ReflectionSupport.findMethods(
        type,
        method -> AnnotationSupport.isAnnotated(method, Testable.class),
        HierarchyTraversalMode.TOP_DOWN);
  }

  /** The names of all classes below this folder, which may be absent. */
  public static List<String> classNames(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> folder.relativize(file).toString())
          .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .sorted()
          .toList();
    }
  }

  /** A class that was compiled; not initialized. */
  public static Class<?> load(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new IllegalStateException("class=" + name + " is compiled but does not load", e);
    }
  }

  private static Set<String> tags(Class<?> type) {
    Set<String> tags = new TreeSet<>();
    for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
      tags.addAll(tags((AnnotatedElement) each));
    }
    return tags;
  }

  /** The tags of a class or a method itself. */
  public static Set<String> tags(AnnotatedElement element) {
    Set<String> tags = new TreeSet<>();
    AnnotationSupport.findRepeatableAnnotations(element, Tag.class)
        .forEach(tag -> tags.add(tag.value()));
    AnnotationSupport.findRepeatableAnnotations(element, net.jqwik.api.Tag.class)
        .forEach(tag -> tags.add(tag.value()));
    return tags;
  }
}
