package io.github.datastorelookup.verification;

/** Thrown when shards do not form one run; the message names the shard and the reason. */
final class MergeException extends Exception {
  private static final long serialVersionUID = 1;

  MergeException(String message) {
    super(message);
  }

  MergeException(String message, Throwable cause) {
    super(message, cause);
  }
}
