package io.github.datastorelookup.simulation;

import io.github.datastorelookup.simulation.OrderSearch.Break;
import io.github.datastorelookup.simulation.OrderSearch.Finding;
import io.github.datastorelookup.simulation.OrderSearch.Row;
import io.github.datastorelookup.weak.MemoryModel;
import io.github.datastorelookup.weak.Order;
import io.github.datastorelookup.weak.Order.Access;
import io.github.datastorelookup.weak.Orders;
import io.github.datastorelookup.weak.Site;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The page of memory orders: what a search found, as a table and as traces. */
final class MemoryOrdersPage {
  private static final String NOTHING_WEAKER = "there is no weaker one";
  private static final String NOT_SEEN = "no scenario shows it";

  private static final Pattern ROW =
      Pattern.compile(
          "\\| (?<site>[A-Z]\\d \\w+ \\w+) \\| (?<java>\\w+) \\| (?<alone>[\\w ]+)"
              + " \\| (?<together>\\w+) \\| [^|]+ \\| (?<next>[^|]+) \\|.*");

  private static final Pattern NEXT =
      Pattern.compile("\\[(INV-\\d+)\\]\\([^)]+\\) by `([^`]+)`, memory `([^`]+)`");

  /** A line of a story: step, place with clause, what each thread does. */
  private static final Pattern STEP =
      Pattern.compile("\\s*(\\d+|\\.\\.\\.) \\| (?:Protocol\\.java:\\d+ ?)?([^|]*)\\|?(.*)");

  /** A row of the page. */
  record Line(Site site, Order java, Order together, @Nullable Break next) {}

  private MemoryOrdersPage() {}

  private static Order order(String name) {
    return Order.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The rows of the page. */
  static List<Line> parse(List<String> page) {
    List<Line> lines = new ArrayList<>();
    for (String line : page) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        Matcher next = NEXT.matcher(row.group("next"));
        Break broken =
            next.matches()
                ? new Break(next.group(1), next.group(2), MemoryModel.parse(next.group(3)))
                : null;
        lines.add(
            new Line(
                Site.parse(row.group("site")),
                order(row.group("java")),
                order(row.group("together")),
                broken));
      }
    }
    return lines;
  }

  /** The table. */
  static List<String> table(List<Row> rows) {
    List<String> lines = new ArrayList<>();
    lines.add("| site | Java | alone | together | searched | broken by | Rust | C++ | Go |");
    lines.add("|---|---|---|---|---|---|---|---|---|");
    for (Row row : rows) {
      Site site = row.site();
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s | %s | %s | %s |",
              site,
              Orders.inJava(site.place(), site.access()),
              row.alone().stream().map(Order::toString).collect(Collectors.joining(" or ")),
              row.together(),
              searched(row.held()),
              next(row),
              Words.of(site, row.together())));
    }
    return lines;
  }

  /** For ports: the order of the protocol for each access, and what was enough here. */
  static List<String> summary(List<Line> page) {
    SortedMap<String, List<Line>> byAccess = new TreeMap<>();
    for (Line line : page) {
      String access = line.site().access().name().toLowerCase(Locale.ROOT);
      byAccess
          .computeIfAbsent(line.site().place() + ": " + access, key -> new ArrayList<>())
          .add(line);
    }
    List<String> lines = new ArrayList<>();
    lines.add("| access | order | enough here | Rust | C++ | Go |");
    lines.add("|---|---|---|---|---|---|");
    byAccess.forEach((access, rows) -> lines.add(summary(access, rows)));
    return lines;
  }

  private static String summary(String name, List<Line> rows) {
    Site site = rows.get(0).site();
    Order needed = Orders.needed(site.place(), site.access());
    SortedMap<Order, List<String>> enough = new TreeMap<>(Comparator.reverseOrder());
    for (Line row : rows) {
      enough.computeIfAbsent(row.together(), key -> new ArrayList<>()).add(row.site().clause());
    }
    String clauses =
        enough.entrySet().stream()
            .map(each -> each.getKey() + " (" + String.join(", ", each.getValue()) + ")")
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT, "| %s | %s | %s | %s |", name, needed, clauses, Words.of(site, needed));
  }

  private static String searched(@Nullable Finding held) {
    return held == null
        ? "as the protocol asks"
        : String.format(
            Locale.ROOT,
            "%2$d scenarios (runs: %1$,d), %3$d cut off",
            held.runs(),
            held.scenarios(),
            held.cutOff());
  }

  private static String next(Row row) {
    Break next = row.next();
    if (next == null) {
      return row.together() == Order.RELAXED ? NOTHING_WEAKER : NOT_SEEN;
    }
    return String.format(
        Locale.ROOT,
        "[%s](memory-order-traces.md#%s) by `%s`, memory `%s`",
        next.invariant(),
        row.site().toString().toLowerCase(Locale.ROOT).replace(" ", "-"),
        next.scenario(),
        next.memory());
  }

  /** The traces of all orders that are too weak. */
  static List<String> traces(List<Row> rows, Function<Break, String> story) {
    List<String> lines = new ArrayList<>();
    for (Row row : rows) {
      Break next = row.next();
      if (next != null) {
        lines.add("");
        lines.add("## " + row.site());
        lines.add("");
        lines.add("```");
        story.apply(next).lines().map(MemoryOrdersPage::compact).forEach(lines::add);
        lines.add("```");
      }
    }
    return lines;
  }

  /** Without line numbers, which change, and with both threads in one column. */
  private static String compact(String line) {
    Matcher step = STEP.matcher(line);
    if (line.startsWith(" step |")) {
      return "step  clause  thread";
    } else if (!step.matches()) {
      return line.stripTrailing();
    }
    String[] threads = step.group(3).split("\\|", -1);
    for (int i = 0; i < threads.length; i++) {
      if (!threads[i].isBlank()) {
        String clause = step.group(2).strip();
        String what = threads[i].stripTrailing();
        return String.format(Locale.ROOT, "%4s  %-6s  T%d %s", step.group(1), clause, i + 1, what)
            .stripTrailing();
      }
    }
    return String.format(Locale.ROOT, "%4s  %s", step.group(1), step.group(2).strip());
  }

  /** An access in the words of other languages. */
  private static final class Words {
    private static final Set<String> MAPS = Set.of("slots", "claims", "maintenanceLocks");

    /** The cells for Rust, C++ and Go. */
    static String of(Site site, Order order) {
      if (MAPS.contains(site.place())) {
        return "`DashMap` | a map with a mutex | `sync.Map`";
      }
      return switch (site.place()) {
        case "config" -> "a file | a file | a file";
        case "mutex" ->
            order == Order.SEQ_CST
                ? "`Mutex`, `fence(SeqCst)` | `std::mutex`, `atomic_thread_fence` | `sync.Mutex`"
                : "`Mutex` | `std::mutex` | `sync.Mutex`";
        default -> atomic(site.access(), order);
      };
    }

    private static String atomic(Access access, Order order) {
      String rust =
          switch (order) {
            case RELAXED -> "Relaxed";
            case ACQUIRE -> "Acquire";
            case RELEASE -> "Release";
            case ACQ_REL -> "AcqRel";
            case SEQ_CST -> "SeqCst";
          };
      String call =
          switch (access) {
            case LOAD -> "load";
            case STORE -> "store";
            case UPDATE -> "fetch_add";
          };
      String go =
          switch (access) {
            case LOAD -> "Load";
            case STORE -> "Store";
            case UPDATE -> "Add";
          };
      return String.format(
          Locale.ROOT,
          "`%s(%s)` | `%s(memory_order_%s)` | `atomic.%s`",
          call,
          rust,
          call,
          order,
          go);
    }
  }
}
