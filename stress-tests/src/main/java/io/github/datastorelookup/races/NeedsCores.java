package io.github.datastorelookup.races;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** The number of actors of a race. jcstress silently skips the race where there are fewer cores. */
@Retention(RUNTIME)
@Target(TYPE)
public @interface NeedsCores {
  /** How many actors it has. */
  int value();
}
