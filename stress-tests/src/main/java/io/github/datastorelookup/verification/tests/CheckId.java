package io.github.datastorelookup.verification.tests;

import java.lang.reflect.Method;
import org.junit.platform.engine.support.descriptor.MethodSource;

/**
 * The id of a check method, the same for the scan of the class files and for the engine.
 *
 * @param className the class that runs it, which may inherit it
 * @param method its name
 * @param parameters its parameter types, as the JUnit platform prints them
 */
public record CheckId(String className, String method, String parameters)
    implements Comparable<CheckId> {

  /** The method of this class. */
  public static CheckId of(Class<?> type, Method method) {
    return of(type.getName(), MethodSource.from(type, method));
  }

  /** The method that an engine ran as part of this class. */
  static CheckId of(String className, MethodSource source) {
    return new CheckId(className, source.getMethodName(), source.getMethodParameterTypes());
  }

  /** {@code Class#method}, without the package. */
  public String shortName() {
    return className.substring(className.lastIndexOf('.') + 1) + "#" + method;
  }

  /** The name that no other check has. */
  String signature() {
    return this + "(" + parameters + ")";
  }

  @Override
  public int compareTo(CheckId other) {
    return signature().compareTo(other.signature());
  }

  @Override
  public String toString() {
    return className + "#" + method;
  }
}
