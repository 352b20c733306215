package io.github.datastorelookup.portkit;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A way to judge a port. */
interface Mode {
  /** Its name for {@code --only}. */
  String name();

  /** What it does, in a line. */
  String about();

  /**
   * Runs it until the port goes wrong, or enough ran.
   *
   * @param until when it may end, by {@link System#nanoTime}, if the options ask for a time
   */
  Outcome run(long until) throws IOException;

  /** Whether this is a failure of this mode, as it writes it. */
  boolean isFailure(List<String> lines);

  /** Runs a failure again. */
  Outcome replay(List<String> lines) throws IOException;

  /**
   * What a run came to.
   *
   * @param why the verdict, if it is not that the port holds
   * @param failure what {@link #replay} runs again; empty unless the port is broken
   * @param figures what ran, for the report and in short for the verdict's line
   */
  record Outcome(
      Verdict verdict, @Nullable String why, List<String> failure, Map<String, Object> figures) {}
}
