package io.github.datastorelookup.verification.tests;

/** Observes the checks of a run. */
public interface CheckObserver {
  /** Ignores everything. */
  CheckObserver NONE = new CheckObserver() {};

  /** The first case of this check begins. */
  default void started(CheckId check) {}

  /** A case of this check failed. */
  default void failed(CheckId check, Throwable thrown) {}

  /** The last case of this check ended. */
  default void finished(CheckId check) {}
}
