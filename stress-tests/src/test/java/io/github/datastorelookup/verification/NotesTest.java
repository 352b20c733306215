package io.github.datastorelookup.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The notes of a layer that ran in several JVMs. */
@Tag("runner")
final class NotesTest {
  @Test
  void tablesOfParts_withOneHead_areOneTable() {
    assertEquals(
        List.of(
            "a bound",
            "another bound",
            "| a | n |",
            "|---|---|",
            "| x | 1 |",
            "| y | 2 |",
            "| y | 2 |",
            "| b | n |",
            "|---|---|",
            "| z | 3 |"),
        Notes.join(
            List.of(
                List.of("a bound", "| a | n |", "|---|---|", "| x | 1 |", "| y | 2 |"),
                List.of(
                    "| a | n |",
                    "|---|---|",
                    "| y | 2 |",
                    "a bound",
                    "another bound",
                    "| b | n |",
                    "|---|---|",
                    "| z | 3 |"))));
  }
}
