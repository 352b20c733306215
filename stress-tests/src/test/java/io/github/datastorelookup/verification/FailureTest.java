package io.github.datastorelookup.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Failures that one fault explains have one cause, and are told once. */
@Tag("runner")
final class FailureTest {
  @Test
  void cause_isAlike_whateverTheNumbersAndTheCheck() {
    assertEquals(
        failure("A#a", "file=/1 is gone", 7).cause(),
        failure("B#b", "file=/22 is gone", 7).cause());
  }

  @Test
  void cause_ofAnotherMessageOrAnotherPlace_isAnotherOne() {
    String cause = failure("A#a", "it is gone", 7).cause();
    assertNotEquals(cause, failure("A#a", "it is there", 7).cause());
    assertNotEquals(cause, failure("A#a", "it is gone", 8).cause());
  }

  private static Failure failure(String check, String message, int line) {
    String frame = "\tat org.junit.X\n\tat io.github.datastorelookup.A.a(A.java:" + line + ")\n";
    return new Failure(check, message, frame, "mvn");
  }
}
