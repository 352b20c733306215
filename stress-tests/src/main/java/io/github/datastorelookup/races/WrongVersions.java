package io.github.datastorelookup.races;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** How a race is shown to detect what it forbids, besides its nested wrong versions. */
@Retention(RUNTIME)
@Target(TYPE)
public @interface WrongVersions {
  /** Mutants of the library on which this race has to show what it forbids. */
  String[] mutants() default {};

  /** What the hardware of today's runs cannot show, and what covers it. */
  String weakMemory() default "";
}
