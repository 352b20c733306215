package io.github.datastorelookup.races;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * How a race is known to find what it is there for, besides its nested twins, which have to show
 * what it forbids.
 */
@Retention(RUNTIME)
@Target(TYPE)
public @interface WrongVersions {
  /** Mutants of the library on which this race has to show what it forbids. */
  String[] mutants() default {};

  /** What cannot be shown on the hardware of today's runs, and what covers it. */
  String weakMemory() default "";
}
