package io.github.datastorelookup.lincheck;

import io.github.datastorelookup.Operation;
import java.util.Random;
import org.jetbrains.lincheck.datastructures.ParameterGenerator;
import org.jetbrains.lincheck.datastructures.RandomProvider;

/**
 * Arguments of generated calls. Lincheck's own generator of enum values cannot be named in Java.
 */
final class Drawn {
  private Drawn() {}

  /** One of some values. */
  abstract static class OneOf<T> implements ParameterGenerator<T> {
    private final Random random;
    private final T[] values;

    OneOf(RandomProvider provider, T[] values) {
      this.random = provider.createRandom();
      this.values = values;
    }

    @Override
    public T generate() {
      return values[random.nextInt(values.length)];
    }
  }

  /** A datastore. */
  public static final class Stores extends OneOf<Calls.Store> {
    /** As Lincheck makes it. */
    public Stores(RandomProvider provider, String configuration) {
      super(provider, Calls.Store.values());
    }
  }

  /** A mode. */
  public static final class Modes extends OneOf<Calls.Mode> {
    /** As Lincheck makes it. */
    public Modes(RandomProvider provider, String configuration) {
      super(provider, Calls.Mode.values());
    }
  }

  /** An operation. */
  public static final class Operations extends OneOf<Operation> {
    /** As Lincheck makes it. */
    public Operations(RandomProvider provider, String configuration) {
      super(provider, Operation.values());
    }
  }
}
