package io.github.datastorelookup.specimens;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A refusal of a specimen, in the words of PBS. */
public final class SpecimenException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  SpecimenException(String message) {
    this(message, null);
  }

  SpecimenException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
