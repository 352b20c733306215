package io.github.datastorelookup.portkit;

/**
 * The port did what the protocol does not allow; the message says what. An Error, as no code
 * between the port and the verdict may take it for a refusal.
 */
final class Broken extends AssertionError {
  private static final long serialVersionUID = 1;

  Broken(String what) {
    super(what);
  }
}
