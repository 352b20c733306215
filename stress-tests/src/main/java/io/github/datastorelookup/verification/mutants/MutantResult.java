package io.github.datastorelookup.verification.mutants;

/**
 * The result of a mutant.
 *
 * @param mutant the mutant
 * @param fate killed, survived, or not tried because of an error
 * @param killedBy the check that killed it; empty when none did
 * @param seconds until the kill; until the end of the last check when there was none
 * @param message one line
 * @param details traces; may be empty
 */
public record MutantResult(
    Mutant mutant, Fate fate, String killedBy, double seconds, String message, String details) {

  /** How it ended. */
  public enum Fate {
    /** A named check saw the named invariant broken. */
    KILLED,
    /** All named checks held: they cannot see this mistake. */
    SURVIVED,
    /** It says nothing about the checks: the patch, the compiler, the runner, another failure. */
    ERROR
  }

  /** Whether it was killed. */
  public boolean killed() {
    return fate == Fate.KILLED;
  }
}
