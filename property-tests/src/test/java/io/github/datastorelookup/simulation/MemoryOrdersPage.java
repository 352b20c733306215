package io.github.datastorelookup.simulation;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.simulation.OrderSearch.Break;
import io.github.datastorelookup.simulation.OrderSearch.Finding;
import io.github.datastorelookup.simulation.OrderSearch.Row;
import io.github.datastorelookup.weak.Order;
import io.github.datastorelookup.weak.Order.Access;
import io.github.datastorelookup.weak.Orders;
import io.github.datastorelookup.weak.Placement;
import io.github.datastorelookup.weak.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The page of memory orders: what a search found, as a table and as traces. */
final class MemoryOrdersPage {
  private static final String FIRST_CELL = "| [A-Z]\\d .* (load|store|update) \\|.*";

  private static final Pattern BREAK =
      Pattern.compile("(\\w+): (INV-\\d+), fences (before|after), `([^`]+)`(?: \\(\\[trace\\].*)?");

  /** A row of the page. */
  record Line(Site site, Order java, Order alone, Order together, String next) {
    /** What breaks the next weaker order, or null. */
    OrderSearch.@Nullable Weaker weaker() {
      Matcher told = BREAK.matcher(next);
      return told.matches()
          ? new OrderSearch.Weaker(
              site,
              order(told.group(1)),
              told.group(2),
              Placement.valueOf(told.group(3).toUpperCase(Locale.ROOT)),
              told.group(4))
          : null;
    }
  }

  private MemoryOrdersPage() {}

  private static Order order(String name) {
    return Order.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The rows of the page. */
  static List<Line> parse(List<String> page) {
    List<Line> lines = new ArrayList<>();
    for (String line : page) {
      if (line.matches(FIRST_CELL)) {
        String[] cells = line.split(" \\| ", -1);
        lines.add(
            new Line(
                Site.parse(cells[0].replace("| ", "")),
                order(cells[1]),
                order(cells[2].split(" or ", -1)[0]),
                order(cells[3]),
                cells[5]));
      }
    }
    return lines;
  }

  /** The table. */
  static List<String> table(List<Row> rows, Orders together) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| site | Java | weakest alone | weakest together | searched | what breaks the next weaker"
            + " one | Rust | C++ | Go |");
    lines.add("|---|---|---|---|---|---|---|---|---|");
    for (Row row : rows) {
      Site site = row.site();
      Order used = together.others().getOrDefault(site, Orders.needed(site.place(), site.access()));
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s | %s | %s | %s | %s | %s |",
              site,
              Orders.inJava(site.place(), site.access()),
              row.weakest().stream().map(Order::toString).collect(Collectors.joining(" or ")),
              used,
              searched(row),
              next(row),
              Words.rust(site.access(), used),
              Words.cpp(site.access(), used),
              Words.go(site.access())));
    }
    return lines;
  }

  private static String searched(Row row) {
    Finding held = row.held();
    return held == null
        ? "as the protocol asks"
        : String.format(
            Locale.ROOT,
            "%,d runs of %d scenarios, %d cut off",
            held.runs(),
            held.scenarios(),
            held.cutOff());
  }

  private static String next(Row row) {
    Break next = row.next();
    return next == null
        ? "nothing: there is no weaker one"
        : String.format(
            Locale.ROOT,
            "%s: %s, fences %s, `%s` ([trace](#%s))",
            row.nextWeaker(),
            next.violation().invariant(),
            next.placement().name().toLowerCase(Locale.ROOT),
            next.scenario(),
            anchor(row.site()));
  }

  private static String anchor(Site site) {
    return site.toString().toLowerCase(Locale.ROOT).replace(" ", "-");
  }

  /** The traces of all orders that are too weak. */
  static List<String> traces(List<Row> rows) {
    List<String> lines = new ArrayList<>();
    for (Row row : rows) {
      Break next = row.next();
      if (next != null) {
        lines.add("");
        lines.add("### " + row.site());
        lines.add("");
        lines.add("```");
        lines.addAll(story(next.violation()));
        lines.add("```");
      }
    }
    return lines;
  }

  private static List<String> story(InvariantViolation violation) {
    return String.valueOf(violation.getMessage())
        .lines()
        .map(line -> line.stripTrailing())
        .toList();
  }

  /** The orders in the words of other languages. */
  private static final class Words {
    static String rust(Access access, Order order) {
      String name =
          switch (order) {
            case RELAXED -> "Relaxed";
            case ACQUIRE -> "Acquire";
            case RELEASE -> "Release";
            case ACQ_REL -> "AcqRel";
            case SEQ_CST -> "SeqCst";
          };
      return "`" + call(access, "load", "store", "fetch_add") + "(" + name + ")`";
    }

    static String cpp(Access access, Order order) {
      return "`" + call(access, "load", "store", "fetch_add") + "(memory_order_" + order + ")`";
    }

    /** Its atomics have one order. */
    static String go(Access access) {
      return "`atomic." + call(access, "Load", "Store", "Add") + "`";
    }

    private static String call(Access access, String load, String store, String update) {
      return switch (access) {
        case LOAD -> load;
        case STORE -> store;
        case UPDATE -> update;
      };
    }
  }
}
