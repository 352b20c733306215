package io.github.datastorelookup.portkit;

/** The port did what the protocol does not allow; the message says what. */
final class Broken extends RuntimeException {
  private static final long serialVersionUID = 1;

  Broken(String what) {
    super(what);
  }
}
