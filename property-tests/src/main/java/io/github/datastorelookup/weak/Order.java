package io.github.datastorelookup.weak;

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

  /** What an access does to its location. */
  public enum Access {
    /** Reads it. */
    LOAD,
    /** Writes it. */
    STORE,
    /** Reads it and writes it, in one step. */
    UPDATE
  }

  /** Whether a read in this order synchronizes with the release that it reads. */
  boolean acquires() {
    return this == ACQUIRE || this == ACQ_REL || this == SEQ_CST;
  }

  /** Whether a write in this order carries what its thread did before. */
  boolean releases() {
    return this == RELEASE || this == ACQ_REL || this == SEQ_CST;
  }

  /** As C++ writes it. */
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
