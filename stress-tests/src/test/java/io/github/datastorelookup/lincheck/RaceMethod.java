package io.github.datastorelookup.lincheck;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

/**
 * A method of a race, to be called as if it were written out. Reflection would do, but since JDK 18
 * it goes through method handles, and within those Lincheck changes no threads.
 *
 * @param method it takes the result, or nothing
 */
record RaceMethod(Method method, Target target) {

  /** What is called, whether it takes a result or not. */
  @FunctionalInterface
  interface Target {
    void on(Object state, Object result);
  }

  /** The same for a method that takes nothing. */
  @FunctionalInterface
  interface Plain {
    void on(Object state);
  }

  static RaceMethod of(Method method) {
    try {
      if (method.getParameterCount() == 0) {
        Plain plain = (Plain) lambda(method, Plain.class, Object.class).invoke();
        return new RaceMethod(method, (state, result) -> plain.on(state));
      }
      return new RaceMethod(
          method, (Target) lambda(method, Target.class, Object.class, Object.class).invoke());
    } catch (Throwable e) {
      throw new IllegalArgumentException("cannot be called: " + method, e);
    }
  }

  /** What the compiler makes of a method reference. */
  private static MethodHandle lambda(Method method, Class<?> type, Class<?>... parameters)
      throws Throwable {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    MethodHandle called = lookup.unreflect(method);
    return LambdaMetafactory.metafactory(
            lookup,
            "on",
            MethodType.methodType(type),
            MethodType.methodType(void.class, parameters),
            called,
            called.type())
        .getTarget();
  }

  void on(Object state, Object result) {
    target.on(state, result);
  }
}
