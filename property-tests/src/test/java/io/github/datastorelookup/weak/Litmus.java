package io.github.datastorelookup.weak;

import io.github.datastorelookup.simulation.Explorer;
import io.github.datastorelookup.simulation.Schedule;
import io.github.datastorelookup.simulation.Scheduler;
import io.github.datastorelookup.simulation.Trace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A litmus test: a small program, an outcome, and whether it may be seen.
 *
 * @param name its name in the literature, and the orders
 * @param program a line for each thread, its steps separated by {@code ;}: {@code x=1 rel}, {@code
 *     a=x acq}, {@code a=x+1 sc} (read, then write 1 in the same step), {@code fence}, {@code
 *     lock}, {@code unlock}
 * @param outcome the values of all that was read, such as {@code a=1 b=0}
 * @param allowed whether C++20 allows it
 * @param shown whether it is seen here
 * @param source where the verdict is from
 */
record Litmus(
    String name,
    List<String> program,
    String outcome,
    boolean allowed,
    boolean shown,
    String source) {

  /** Makes the memory of a run. */
  interface Model {
    WeakMemory in(Scheduler scheduler, Placement placement);
  }

  /** All outcomes, with either placement of fences. */
  Set<String> outcomes(Model model) {
    Set<String> all = new TreeSet<>();
    for (Placement placement : List.of(Placement.BEFORE, Placement.AFTER)) {
      Explorer explorer =
          new Explorer(
              schedule -> all.add(run(schedule, model, placement)),
              Explorer.ALL,
              Integer.MAX_VALUE);
      if (explorer.explore().cutOff() > 0) {
        throw new IllegalStateException("not all of " + name);
      }
    }
    all.remove(STOPPED);
    return all;
  }

  private static final String STOPPED = "stopped";

  private String run(Schedule schedule, Model model, Placement placement) {
    Scheduler scheduler = new Scheduler(schedule, new Trace(false));
    WeakMemory memory = model.in(scheduler, placement);
    scheduler.memory(memory);
    Map<String, WeakMemory.Location<Long>> locations = new HashMap<>();
    for (String location : List.of("x", "y", "z")) {
      locations.put(location, memory.location(location.charAt(0), 0L));
    }
    Map<String, Long> read = new TreeMap<>();
    for (String thread : program) {
      scheduler.thread(
          () -> {
            boolean locked = false; // nothing comes in between
            for (String step : thread.split(" *; *", -1)) {
              if (!locked) {
                scheduler.outsideEvent(step);
              }
              step(step, memory, locations, read);
              locked = step.equals("lock") || (locked && !step.equals("unlock"));
            }
          });
    }
    scheduler.run();
    return scheduler.stopped() ? STOPPED : text(read);
  }

  private static String text(Map<String, Long> read) {
    StringBuilder all = new StringBuilder();
    read.forEach((name, value) -> all.append(name).append('=').append(value).append(' '));
    return all.toString().strip();
  }

  private static void step(
      String step,
      WeakMemory memory,
      Map<String, WeakMemory.Location<Long>> locations,
      Map<String, Long> read) {
    switch (step) {
      case "fence" -> memory.fence();
      case "lock" -> memory.locked("lock");
      case "unlock" -> memory.unlocks("lock");
      default -> {
        String[] parts = step.split("[= ]", -1);
        Order order = order(parts[2]);
        if (locations.containsKey(parts[0])) {
          cell(locations, parts[0]).store(parts[0], Long.parseLong(parts[1]), order);
        } else {
          long value = access(cell(locations, parts[1].substring(0, 1)), parts[1], order);
          memory.saw(value);
          read.put(parts[0], value);
        }
      }
    }
  }

  private static WeakMemory.Location<Long> cell(
      Map<String, WeakMemory.Location<Long>> locations, String name) {
    WeakMemory.Location<Long> found = locations.get(name);
    if (found == null) {
      throw new IllegalArgumentException("location=" + name);
    }
    return found;
  }

  private static long access(WeakMemory.Location<Long> cell, String how, Order order) {
    if (how.length() == 1) {
      return cell.load(how, order);
    }
    long before = cell.newest();
    cell.update(Long.parseLong(how.substring(2)), order);
    return before;
  }

  private static Order order(String name) {
    return switch (name) {
      case "rlx" -> Order.RELAXED;
      case "acq" -> Order.ACQUIRE;
      case "rel" -> Order.RELEASE;
      case "ar" -> Order.ACQ_REL;
      case "sc" -> Order.SEQ_CST;
      default -> throw new IllegalArgumentException("order=" + name);
    };
  }
}
