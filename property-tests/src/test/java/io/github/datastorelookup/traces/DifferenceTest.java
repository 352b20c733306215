package io.github.datastorelookup.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a trace that changed is shown. */
@Tag("traces")
class DifferenceTest {
  private static String trace(String steps) {
    return "{\"id\":\"a-1\",\"about\":\"One.\",\"steps\":[" + steps + "]}";
  }

  @Test
  void traces_thatDiffer_areShownAtTheFirstOtherStep() throws JsonProcessingException {
    assertEquals(
        """
        trace a-1: One.
          step 1, both: {"op":"begin"}
          step 2, committed: {"op":"word.get","clause":"W3"}
          step 2, now:       {"op":"word.add","clause":"W3"}""",
        Difference.between(
            trace("{\"op\":\"begin\"},{\"op\":\"word.get\",\"clause\":\"W3\"}"),
            trace("{\"op\":\"begin\"},{\"op\":\"word.add\",\"clause\":\"W3\"}")));
  }

  @Test
  void trace_thatIsShorter_endsThere() throws JsonProcessingException {
    assertEquals(
        """
        trace a-1: One.
          step 1, both: {"op":"begin"}
          step 2, committed: {"op":"end"}
          step 2, now:       none: the trace ends""",
        Difference.between(
            trace("{\"op\":\"begin\"},{\"op\":\"end\"}"), trace("{\"op\":\"begin\"}")));
    assertNull(Difference.between(trace(""), trace("")));
  }
}
