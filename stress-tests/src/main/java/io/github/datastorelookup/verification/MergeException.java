package io.github.datastorelookup.verification;

/** What is there cannot be put together to one run; the message says which shard, and why. */
final class MergeException extends Exception {
  private static final long serialVersionUID = 1;

  MergeException(String message) {
    super(message);
  }

  MergeException(String message, Throwable cause) {
    super(message, cause);
  }
}
