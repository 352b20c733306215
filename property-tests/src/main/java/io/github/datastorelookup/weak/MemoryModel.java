package io.github.datastorelookup.weak;

import io.github.datastorelookup.simulation.Memory;
import io.github.datastorelookup.simulation.Scheduler;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a scenario. Immutable.
 *
 * @param placement where fences are; null for memory with one order of all accesses
 * @param orders the order of each access
 */
public record MemoryModel(@Nullable Placement placement, Orders orders) {
  private static @Nullable Set<Site> reached;

  /** One order of all accesses. */
  public static final MemoryModel SEQUENTIAL = new MemoryModel(null, Orders.NEEDED);

  /** The memory of one run. */
  public Memory in(Scheduler scheduler) {
    return placement == null
        ? new Memory() {}
        : new WeakMemory(scheduler, orders, placement, reached);
  }

  /** The sites that are reached while this runs on the Java code as it is. */
  public static NavigableSet<Site> sitesOf(Consumer<MemoryModel> runs) {
    NavigableSet<Site> sites = new TreeSet<>();
    reached = sites;
    try {
      runs.accept(new MemoryModel(Placement.BEFORE, Orders.NEEDED));
    } finally {
      reached = null;
    }
    return sites;
  }

  /** The model that {@link #toString} wrote. */
  public static MemoryModel parse(String text) {
    String[] parts = text.split(", ", -1);
    Placement placement = Placement.valueOf(parts[0].toUpperCase(Locale.ROOT));
    Orders orders = Orders.NEEDED;
    for (int i = 1; i < parts.length; i++) {
      String[] site = parts[i].split(": ", -1);
      orders = orders.with(Site.parse(site[0]), Order.valueOf(site[1].toUpperCase(Locale.ROOT)));
    }
    return new MemoryModel(placement, orders);
  }

  @Override
  public String toString() {
    if (placement == null) {
      return "sequential";
    }
    StringBuilder all = new StringBuilder(placement.name().toLowerCase(Locale.ROOT));
    new TreeMap<>(orders.others())
        .forEach((site, order) -> all.append(", ").append(site).append(": ").append(order));
    return all.toString();
  }
}
