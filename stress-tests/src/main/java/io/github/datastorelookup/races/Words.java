package io.github.datastorelookup.races;

import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.OperationWord;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/**
 * Where the words and the generation of a race are: in a mapped file, as between processes, or with
 * {@code -Dwords=heap} on the heap. Also words that are deliberately wrong.
 */
public final class Words {
  private static volatile LongFunction<AtomicWord> chosen = choose();

  private static final long BITS = OperationWord.CLOSING | OperationWord.CLOSED;

  private Words() {}

  private static LongFunction<AtomicWord> choose() {
    String where = System.getProperty("words", "mapped");
    return switch (where) {
      case "mapped" -> MappedWords::next;
      case "heap" -> HeapWord::new;
      default -> throw new IllegalArgumentException("words=" + where + ", expected mapped or heap");
    };
  }

  /** From now on, in this JVM: Lincheck knows no mapped words. */
  public static void onHeap() {
    chosen = HeapWord::new;
  }

  /** A word with this value. */
  static AtomicWord next(long initial) {
    return chosen.apply(initial);
  }

  /**
   * As {@link #next}, but operation words, which are born {@code CLOSED}, are weakened like this.
   */
  static LongFunction<AtomicWord> weakened(UnaryOperator<AtomicWord> weaken) {
    return initial -> initial == OperationWord.CLOSED ? weaken.apply(next(initial)) : next(initial);
  }

  /** Deliberately wrong: adds by reading and writing back what it makes of it. */
  static AtomicWord writtenBack(AtomicWord real) {
    return new Weakened(real) {
      @Override
      public long getAndAdd(long delta) {
        long before = real.get();
        Spin.shortly();
        long unused = real.getAndAdd(before + delta - real.get());
        return before;
      }
    };
  }

  /** Deliberately wrong: the same, with a store of release order, which is no fence. */
  static AtomicWord storedWithRelease(AtomicWord unused) {
    return new ReleaseWord();
  }

  /** Deliberately wrong: a word is not cleared of its bit when its files are open, but set. */
  static AtomicWord setWhenOpened(AtomicWord real) {
    return new Weakened(real) {
      @Override
      public long getAndAdd(long delta) {
        return delta == -OperationWord.CLOSED
            ? real.getAndAdd(OperationWord.READ - real.get())
            : real.getAndAdd(delta);
      }
    };
  }

  /** Right, but a thread that adds has decided to do so a while ago. */
  static AtomicWord addingSlowly(AtomicWord real) {
    return new Weakened(real) {
      @Override
      public long getAndAdd(long delta) {
        Spin.longer();
        return real.getAndAdd(delta);
      }
    };
  }

  /** Deliberately wrong: adds, but answers what the word was a moment before. */
  static AtomicWord answeringLate(AtomicWord real) {
    return new Weakened(real) {
      @Override
      public long getAndAdd(long delta) {
        long before = real.get();
        Spin.shortly();
        long unused = real.getAndAdd(delta);
        return before;
      }
    };
  }

  /** Deliberately wrong: sees, and compares, the closing bits only. */
  static AtomicWord withoutCounts(AtomicWord real) {
    return new Weakened(real) {
      @Override
      public long get() {
        return real.get() & BITS;
      }

      @Override
      public boolean compareAndSet(long expected, long next) {
        while (true) {
          long found = real.get();
          if ((found & BITS) != (expected & BITS)) {
            return false;
          }
          if (real.compareAndSet(found, found + next - expected)) {
            return true;
          }
        }
      }
    };
  }

  /** Right, but what is set by a compare-and-set is acted on only a while later. */
  static AtomicWord settingSlowly(AtomicWord real) {
    return new Weakened(real) {
      @Override
      public boolean compareAndSet(long expected, long next) {
        boolean set = real.compareAndSet(expected, next);
        Spin.longer();
        return set;
      }
    };
  }

  /** On the heap: what is weak does not depend on where the word is. */
  private static final class ReleaseWord implements AtomicWord {
    private static final VarHandle VALUE;

    static {
      try {
        VALUE = MethodHandles.lookup().findVarHandle(ReleaseWord.class, "value", long.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    @SuppressWarnings("UnusedVariable") // by VarHandle
    private long value;

    @Override
    public long get() {
      return (long) VALUE.getVolatile(this);
    }

    @Override
    public long getAndAdd(long delta) {
      long before = (long) VALUE.getAcquire(this);
      VALUE.setRelease(this, before + delta);
      return before;
    }

    @Override
    public boolean compareAndSet(long expected, long next) {
      return VALUE.compareAndSet(this, expected, next);
    }
  }

  /** A word that is right but for what is overridden. */
  private static class Weakened implements AtomicWord {
    private final AtomicWord real;

    Weakened(AtomicWord real) {
      this.real = real;
    }

    @Override
    public long get() {
      return real.get();
    }

    @Override
    public long getAndAdd(long delta) {
      return real.getAndAdd(delta);
    }

    @Override
    public boolean compareAndSet(long expected, long next) {
      return real.compareAndSet(expected, next);
    }
  }
}
