package io.github.datastorelookup.verification.mutants;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Loads a copy of the library and all checks anew. The project's own classes come from the given
 * folders and from nowhere else: one that the copy lacks must not be replaced by the real one.
 */
final class MutantLoader extends URLClassLoader {
  private static final String OURS = "io.github.datastorelookup.";

  static {
    registerAsParallelCapable();
  }

  /** Our classes from these folders, the others from the parent. */
  MutantLoader(List<Path> folders, ClassLoader parent) throws IOException {
    super(urls(folders), parent);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : findClass(name);
    }
  }

  /** The parent has the same settings of JUnit: it would warn that it found them twice. */
  @Override
  public Enumeration<URL> findResources(String name) throws IOException {
    return name.equals("junit-platform.properties")
        ? Collections.emptyEnumeration()
        : super.findResources(name);
  }

  private static URL[] urls(List<Path> folders) throws MalformedURLException {
    URL[] urls = new URL[folders.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = folders.get(i).toUri().toURL();
    }
    return urls;
  }
}
