package io.github.datastorelookup.weak;

import java.util.List;

/** The memory order of an access, as C++ and Rust name them. */
public enum Order {
  /** Atomic, and nothing else. */
  RELAXED,
  /** A read that synchronizes with the release that it reads. */
  ACQUIRE,
  /** A write that carries all that its thread did and saw before. */
  RELEASE,
  /** Both, for a read-modify-write. */
  ACQ_REL,
  /** Both, and in one order of all such accesses. */
  SEQ_CST;

  /** The kind of an access. */
  public enum Access {
    /** Reads it. */
    LOAD(List.of(RELAXED, ACQUIRE, SEQ_CST)),
    /** Writes it. */
    STORE(List.of(RELAXED, RELEASE, SEQ_CST)),
    /** Reads it and writes it, in one step. */
    UPDATE(List.of(RELAXED, ACQUIRE, RELEASE, ACQ_REL, SEQ_CST));

    @SuppressWarnings("ImmutableEnumChecker") // it is made by List.of
    private final List<Order> orders;

    Access(List<Order> orders) {
      this.orders = orders;
    }

    /** The orders that make sense for it, the weakest first. */
    public List<Order> orders() {
      return orders;
    }
  }

  /** Whether a read in this order synchronizes with the release that it reads. */
  boolean acquires() {
    return this == ACQUIRE || this == ACQ_REL || this == SEQ_CST;
  }

  /** Whether a write in this order carries what its thread did before. */
  boolean releases() {
    return this == RELEASE || this == ACQ_REL || this == SEQ_CST;
  }

  /** Whether this one gives all that the other one gives, and more. */
  public boolean isStrongerThan(Order other) {
    return this != other
        && (this == SEQ_CST || (other == RELAXED) || (this == ACQ_REL && other != SEQ_CST));
  }

  /** As the generated tables write it. */
  @Override
  public String toString() {
    return switch (this) {
      case RELAXED -> "relaxed";
      case ACQUIRE -> "acquire";
      case RELEASE -> "release";
      case ACQ_REL -> "acq_rel";
      case SEQ_CST -> "seq_cst";
    };
  }
}
