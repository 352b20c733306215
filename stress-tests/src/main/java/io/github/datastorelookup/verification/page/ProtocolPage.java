package io.github.datastorelookup.verification.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The clauses and the invariants, as {@code docs/protocol.md} lists them. */
public final class ProtocolPage {
  private static final Pattern CLAUSE = Pattern.compile("\\| (API-\\d+|[A-Z]\\d+) \\| (.*) \\|");
  private static final Pattern INVARIANT = Pattern.compile("\\| (INV-\\d+) \\| (.*?) \\| (.*) \\|");
  private static final Pattern HEADING = Pattern.compile("#+ (.*)");

  /**
   * A clause or an invariant.
   *
   * @param id as the code cites it
   * @param name the chapter of a clause, or the name of an invariant
   * @param text its text
   */
  public record Entry(String id, String name, String text) {}

  private final List<Entry> clauses = new ArrayList<>();
  private final List<Entry> invariants = new ArrayList<>();

  private ProtocolPage() {}

  /**
   * Reads the page.
   *
   * @throws IOException when the page is missing or has no such tables
   */
  public static ProtocolPage read(Path root) throws IOException {
    Path file = root.resolve("docs/protocol.md");
    ProtocolPage page = new ProtocolPage();
    String heading = "";
    for (String line : Files.readAllLines(file)) {
      Matcher title = HEADING.matcher(line);
      Matcher clause = CLAUSE.matcher(line);
      Matcher invariant = INVARIANT.matcher(line);
      if (title.matches()) {
        heading = title.group(1);
      } else if (clause.matches()) {
        page.clauses.add(new Entry(clause.group(1), heading, clause.group(2)));
      } else if (invariant.matches()) {
        page.invariants.add(new Entry(invariant.group(1), invariant.group(2), invariant.group(3)));
      }
    }
    if (page.clauses.isEmpty() || page.invariants.isEmpty()) {
      throw new IOException("file=" + file + " has no table of clauses or none of invariants");
    }
    return page;
  }

  /** The clauses, in the order of the page. */
  public List<Entry> clauses() {
    return List.copyOf(clauses);
  }

  /** The invariants, in the order of the page. */
  public List<Entry> invariants() {
    return List.copyOf(invariants);
  }
}
