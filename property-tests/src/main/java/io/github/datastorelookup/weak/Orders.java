package io.github.datastorelookup.weak;

import io.github.datastorelookup.weak.Order.Access;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The order of each access: what the protocol asks for, but for the sites that are named.
 * Immutable.
 *
 * @param others the sites that have another order
 */
public record Orders(Map<Site, Order> others) {
  /** What the protocol asks for. */
  public static final Orders NEEDED = new Orders(Map.of());

  private static final Map<Access, Order> SEQ_CST =
      Map.of(Access.LOAD, Order.SEQ_CST, Access.STORE, Order.SEQ_CST, Access.UPDATE, Order.SEQ_CST);
  private static final Map<Access, Order> RELEASE_ACQUIRE =
      Map.of(Access.LOAD, Order.ACQUIRE, Access.STORE, Order.RELEASE, Access.UPDATE, Order.ACQ_REL);

  /**
   * The handshakes: word and generation, word and the flag of a closed registry, that flag and a
   * mutex that is tried.
   */
  private static final Set<String> HANDSHAKES = Set.of("generation", "word", "closed");

  /**
   * Places that no volatile field holds: a count of entries, which has these orders; maps and
   * locks, whose interfaces promise no more; and the config, for which the kernel promises more.
   */
  private static final Set<String> RELEASED =
      Set.of("entries", "slots", "claims", "maintenanceLocks", "attributes", "config");

  /** Keeps a copy. */
  public Orders {
    others = Map.copyOf(others);
  }

  /** The order of the Java code, none of which is weaker than what is needed. */
  public static Order inJava(String place, Access access) {
    boolean lock = place.equals("mutex") && access == Access.UPDATE;
    return order(lock || RELEASED.contains(place) ? RELEASE_ACQUIRE : SEQ_CST, access);
  }

  /** The order that the protocol asks for. */
  public static Order needed(String place, Access access) {
    boolean triedOrReleased = place.equals("mutex") && access != Access.UPDATE;
    boolean inOneOrder = HANDSHAKES.contains(place) || triedOrReleased;
    return order(inOneOrder ? SEQ_CST : RELEASE_ACQUIRE, access);
  }

  private static Order order(Map<Access, Order> orders, Access access) {
    return orders.getOrDefault(access, Order.SEQ_CST);
  }

  /** The order of an access; {@code clause} is asked only if it matters, because it takes long. */
  Order of(String place, Access access, Supplier<String> clause) {
    for (Site site : others.keySet()) {
      if (site.place().equals(place) && site.access() == access) {
        return others.getOrDefault(new Site(clause.get(), place, access), needed(place, access));
      }
    }
    return needed(place, access);
  }

  /** The same, with this order at this site. */
  public Orders with(Site site, Order order) {
    Map<Site, Order> more = new HashMap<>(others);
    more.put(site, order);
    return new Orders(more);
  }

  @Override
  public String toString() {
    return new TreeMap<>(others).toString();
  }
}
