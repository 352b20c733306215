package io.github.datastorelookup.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.checks.Docs;
import io.github.datastorelookup.checks.Explored;
import io.github.datastorelookup.simulation.MemoryOrdersPage.Line;
import io.github.datastorelookup.simulation.OrderSearch.Break;
import io.github.datastorelookup.simulation.OrderSearch.Finding;
import io.github.datastorelookup.simulation.OrderSearch.Row;
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
 * breaks something. The page says how to generate it again.
 */
@Tag("weak")
class MemoryOrdersTest {
  private static final Path PAGE = Docs.folder().resolve("reference/memory-orders.md");
  private static final Path TRACES = Docs.folder().resolve("reference/memory-order-traces.md");
  private static final String BEGIN = "<!-- generated: orders -->";
  private static final String END = "<!-- end of what is generated -->";
  private static final String BEGIN_LOCATIONS = "<!-- generated: by location -->";
  private static final String END_LOCATIONS = "<!-- end of locations -->";
  private static final int MOST_RUNS = 1_000;
  private static final int MOST_RUNS_IN_SMOKE = 40;
  private static final int LEAST_BROKEN = 10;
  private static final int LEAST_SCENARIOS = 40;

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
      Break next = line.next();
      if (next != null) {
        broken++;
        Order weaker = next.memory().orders().others().getOrDefault(site, line.together());
        assertTrue(line.together().isStrongerThan(weaker), () -> site + ": no weaker: " + next);
        assertEquals(
            next.invariant(),
            search.look(next.scenario(), next.memory()),
            () -> site + ": " + next);
      } else {
        assertEquals(Order.RELAXED, line.together(), () -> site + ": what breaks a weaker order?");
      }
    }
    assertTrue(broken >= LEAST_BROKEN, "only " + broken + " orders are known to be too weak");
  }

  /** In smoke with few runs. */
  @Test
  void weakestOrders_hold_allTogether() throws IOException {
    Map<Site, Order> together = new TreeMap<>();
    for (Line line : MemoryOrdersPage.parse(Files.readAllLines(PAGE))) {
      together.put(line.site(), line.together());
    }
    int mostRuns = Budget.current() == Budget.SMOKE ? MOST_RUNS_IN_SMOKE : MOST_RUNS;
    Finding found = new OrderSearch(WeakScenarios.all(), mostRuns).search(new Orders(together));
    assertTrue(found.holds(), () -> "together: " + found);
    assertTrue(found.scenarios() >= LEAST_SCENARIOS, () -> "too few scenarios: " + found);
    Explored.note("weakest orders together: " + found);
  }

  @Test
  void tableForPorts_isMadeFromTheRows() throws IOException {
    List<String> page = Files.readAllLines(PAGE);
    assertEquals(
        MemoryOrdersPage.summary(MemoryOrdersPage.parse(page)),
        page.subList(page.indexOf(BEGIN_LOCATIONS) + 2, page.indexOf(END_LOCATIONS) - 1));
  }

  private static void write(OrderSearch search) throws IOException {
    List<Row> rows = search.rows();
    write(PAGE, BEGIN, MemoryOrdersPage.table(rows), END);
    List<Line> lines = MemoryOrdersPage.parse(Files.readAllLines(PAGE));
    write(PAGE, BEGIN_LOCATIONS, MemoryOrdersPage.summary(lines), END_LOCATIONS);
    write(TRACES, BEGIN, MemoryOrdersPage.traces(rows, search::story), END);
  }

  /** Keeps what is around it. */
  private static void write(Path file, String begin, List<String> generated, String end)
      throws IOException {
    List<String> old = Files.readAllLines(file);
    List<String> page = new ArrayList<>(old.subList(0, old.indexOf(begin) + 1));
    page.add("");
    page.addAll(generated);
    page.add("");
    page.addAll(old.subList(old.indexOf(end), old.size()));
    Path unused = Files.write(file, page);
  }
}
