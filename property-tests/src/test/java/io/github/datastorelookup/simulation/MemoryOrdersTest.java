package io.github.datastorelookup.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.checks.Docs;
import io.github.datastorelookup.checks.Explored;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.simulation.MemoryOrdersPage.Line;
import io.github.datastorelookup.simulation.OrderSearch.Finding;
import io.github.datastorelookup.simulation.OrderSearch.Row;
import io.github.datastorelookup.simulation.OrderSearch.Weaker;
import io.github.datastorelookup.weak.Order;
import io.github.datastorelookup.weak.Orders;
import io.github.datastorelookup.weak.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The generated page of memory orders is that of the code, and each order that it calls too weak
 * breaks something. To write it anew takes some fifteen minutes: {@code mvn -B verify -pl
 * property-tests -am -Dtest=MemoryOrdersTest -Dorders.write=true
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Tag("weak")
class MemoryOrdersTest {
  private static final Path PAGE = Docs.folder().resolve("reference/memory-orders.md");
  private static final String BEGIN = "<!-- generated: orders -->";
  private static final String END = "<!-- end of what is generated -->";
  private static final int MOST_RUNS = 1_000;
  private static final int LEAST_BROKEN = 10;

  @Test
  @Tag("INV-3")
  @Tag("INV-5")
  @Tag("INV-9")
  @Tag("INV-10")
  void page_namesEachSite_andWhatBreaksWeakerOrders() throws IOException {
    OrderSearch search = new OrderSearch(WeakScenarios.all(), MOST_RUNS);
    if (Boolean.getBoolean("orders.write")) {
      write(search);
    }
    List<Line> lines = MemoryOrdersPage.parse(Files.readAllLines(PAGE));
    assertEquals(
        search.sites(),
        lines.stream().map(Line::site).collect(Collectors.toCollection(TreeSet::new)));
    int broken = 0;
    for (Line line : lines) {
      Site site = line.site();
      assertEquals(Orders.inJava(site.place(), site.access()), line.java(), site.toString());
      Weaker weaker = line.weaker();
      if (weaker != null) {
        broken++;
        InvariantViolation violation = search.look(weaker);
        assertNotNull(violation, () -> weaker + " breaks nothing");
        assertEquals(weaker.invariant(), violation.invariant(), weaker.toString());
      } else {
        assertEquals(Order.RELAXED, line.alone(), () -> site + ": what breaks a weaker order?");
      }
    }
    assertTrue(broken >= LEAST_BROKEN, "only " + broken + " orders are known to be too weak");
  }

  /** In smoke it is left to longer budgets. */
  @Test
  void weakestOrders_hold_allTogether() throws IOException {
    Map<Site, Order> together = new TreeMap<>();
    for (Line line : MemoryOrdersPage.parse(Files.readAllLines(PAGE))) {
      together.put(line.site(), line.together());
    }
    boolean smoke = Budget.current() == Budget.SMOKE;
    Finding found =
        new OrderSearch(WeakScenarios.all(), smoke ? 40 : MOST_RUNS).search(new Orders(together));
    assertTrue(found.holds(), () -> "together: " + found);
    Explored.note("weakest orders together: " + found);
  }

  private static void write(OrderSearch search) throws IOException {
    List<Row> rows = search.sites().parallelStream().map(search::weakest).toList();
    Orders together = search.together(rows);
    List<String> old = Files.readAllLines(PAGE);
    List<String> page = new ArrayList<>(old.subList(0, old.indexOf(BEGIN) + 1));
    page.add("");
    page.addAll(MemoryOrdersPage.table(rows, together));
    page.add("");
    page.add("## Traces");
    page.addAll(MemoryOrdersPage.traces(rows));
    page.add("");
    page.addAll(old.subList(old.indexOf(END), old.size()));
    Path unused = Files.write(PAGE, page);
  }
}
