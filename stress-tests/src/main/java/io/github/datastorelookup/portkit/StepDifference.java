package io.github.datastorelookup.portkit;

import io.github.datastorelookup.traces.Access;
import io.github.datastorelookup.traces.Recording;
import io.github.datastorelookup.traces.Recording.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The first step of a port that is another than the one that is due, for people. */
final class StepDifference {
  private static final int LAST = 6;

  private StepDifference() {}

  /** Null if there is none, and nothing failed. */
  static @Nullable String between(Recording due, Recording found) {
    List<Step> expected = due.steps();
    List<Step> actual = found.steps();
    int at = 0;
    while (at < expected.size()
        && at < actual.size()
        && same(expected.get(at), actual.get(at))
        && Objects.equals(config(due, at), config(found, at))) {
      at++;
    }
    Throwable failure = found.failure();
    boolean differs = at < expected.size() || at < actual.size();
    if (!differs && failure == null) {
      return null;
    }
    List<String> lines = new ArrayList<>();
    for (Step step : actual.subList(Math.max(0, at - LAST), at)) {
      lines.add("       " + text(step));
    }
    @Nullable Step dueStep = at < expected.size() ? expected.get(at) : null;
    lines.add("due:   " + (dueStep == null ? "nothing" : text(dueStep)));
    lines.add("found: " + (at < actual.size() ? text(actual.get(at)) : "nothing"));
    if (!Objects.equals(config(due, at), config(found, at))) {
      lines.add("due text:\n" + config(due, at));
      lines.add("found text:\n" + config(found, at));
    }
    if (dueStep != null && dueStep.clause() != null) {
      lines.add("due by clause " + dueStep.clause());
    }
    if (failure != null) {
      lines.add("failed: " + failure.getMessage());
    }
    return String.join("\n", lines);
  }

  /** The text that a step reads or writes, which it has by number; else null. */
  private static @Nullable String config(Recording of, int at) {
    Access access = at < of.steps().size() ? of.steps().get(at).access() : null;
    if (access == null || !access.op().startsWith("config.")) {
      return null;
    }
    Object number = access.op().equals("config.read") ? access.got() : access.with();
    return number instanceof Integer text ? of.configs().get(text) : null;
  }

  private static boolean same(Step due, Step found) {
    return due.thread() == found.thread()
        && due.op().equals(found.op())
        && Objects.equals(due.access(), found.access())
        && Objects.equals(due.command(), found.command())
        && Objects.equals(due.answer(), found.answer())
        && due.files() == found.files()
        && Objects.equals(due.clock(), found.clock())
        && due.sets().equals(found.sets());
  }

  private static String text(Step step) {
    StringBuilder all = new StringBuilder(step.thread() == 0 ? "   " : "T" + step.thread() + " ");
    all.append(step.op());
    Access access = step.access();
    if (access != null) {
      append(all, " ", access.on());
      append(all, " ", access.with());
      append(all, " => ", access.got());
    }
    append(all, " ", step.command());
    append(all, " => ", step.answer());
    append(all, ", files ", step.files() == 0 ? null : step.files());
    append(all, " at ", step.clock());
    append(all, " ", step.sets().isEmpty() ? null : step.sets());
    append(all, "  ", step.clause());
    return all.toString();
  }

  private static void append(StringBuilder all, String before, @Nullable Object value) {
    if (value != null) {
      all.append(before).append(value);
    }
  }
}
