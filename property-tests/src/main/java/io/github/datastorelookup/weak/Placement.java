package io.github.datastorelookup.weak;

/**
 * Where the fence of a sequentially consistent access is. Compilers do either; RC11 allows what
 * both allow. So an order is enough only if it is enough with both.
 */
public enum Placement {
  /** The fence, then the access. */
  BEFORE,
  /** The access, then the fence. */
  AFTER,
  /** One on each side: stronger than any compiler, and sequentially consistent throughout. */
  BOTH
}
