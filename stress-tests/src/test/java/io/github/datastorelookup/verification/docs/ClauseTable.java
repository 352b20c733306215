package io.github.datastorelookup.verification.docs;

import io.github.datastorelookup.verification.docs.Evidence.Item;
import io.github.datastorelookup.verification.docs.Evidence.Kind;
import io.github.datastorelookup.verification.page.ProtocolPage;
import io.github.datastorelookup.verification.page.ProtocolPage.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.ext.heading.anchor.IdGenerator;

/** What holds each clause and each invariant of the protocol: the page, and what is missing. */
final class ClauseTable {
  /** The command that writes the page again. */
  static final String REWRITE =
      "mvn -pl stress-tests -am test -Dtest=ClauseTableTest -Dclauses.write=true"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  private static final String HEAD =
      "# What holds each clause\n\nA test generates this page and fails when it is not current; `"
          + REWRITE
          + "` writes it again.\n";
  private static final String CLAUSES =
      """

      Only an exact id counts, wherever it is cited: a range of clauses names none of them.

      ## Clauses

      In the code: the classes whose comments cite it. Checks: those that have to kill its mutants; [traces](traces/README.md) \
      have a step of it. [Races](races.md): those whose class comments claim it, or why there is none. \
      Mutants: [those](mutants.md) that leave it out or bend it.

      | clause | in the code | checks | races | mutants |
      |---|---|---|---|---|
      """;
  private static final String INVARIANTS =
      """

      ## Invariants

      Checks: those that carry its id as a tag or have to kill its mutants. Races: as above. Mutants: those that break it.

      | invariant | checks | races | mutants |
      |---|---|---|---|
      """;

  private final ProtocolPage protocol;
  private final Evidence evidence;

  private ClauseTable(ProtocolPage protocol, Evidence evidence) {
    this.protocol = protocol;
    this.evidence = evidence;
  }

  /** Of the sources below the folder of the parent pom, and the checks that were compiled there. */
  static ClauseTable read(Path root) throws IOException {
    return read(root, TaggedCheck.compiled(root));
  }

  /** Of the sources below the folder of the parent pom, and these checks. */
  static ClauseTable read(Path root, List<TaggedCheck> checks) throws IOException {
    return new ClauseTable(ProtocolPage.read(root), EvidenceReader.read(root, checks));
  }

  /** The text of {@code docs/reference/clauses.md}. */
  String page() {
    StringBuilder page = new StringBuilder(HEAD).append(CLAUSES);
    for (Entry clause : protocol.clauses()) {
      String link = "[" + clause.id() + "](../protocol.md#" + anchor(clause.name()) + ")";
      row(
          page,
          link,
          links(Kind.CODE, clause),
          checks(clause),
          races(clause),
          links(Kind.MUTANT, clause));
    }
    page.append(INVARIANTS);
    for (Entry invariant : protocol.invariants()) {
      String link = "[" + invariant.id() + "](../protocol.md#invariants) " + invariant.name();
      row(page, link, checks(invariant), races(invariant), links(Kind.MUTANT, invariant));
    }
    return page.toString();
  }

  private static void row(StringBuilder page, String... cells) {
    page.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String anchor(String heading) {
    return IdGenerator.builder().build().generateId(heading);
  }

  private String links(Kind kind, Entry entry) {
    return evidence.of(kind, entry.id()).stream()
        .map(Item::link)
        .collect(Collectors.joining("<br>"));
  }

  private String checks(Entry entry) {
    int traces = evidence.of(Kind.TRACE, entry.id()).size();
    return Stream.of(
            links(Kind.CHECK, entry),
            traces == 0 ? "" : traces == 1 ? "1 trace" : traces + " traces")
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("<br>"));
  }

  private String races(Entry entry) {
    String races = links(Kind.RACE, entry);
    return races.isEmpty()
        ? evidence.of(Kind.WITHOUT_RACE, entry.id()).stream()
            .map(Item::name)
            .collect(Collectors.joining("<br>"))
        : races;
  }

  /** What has nothing that holds it, and what claims to hold something that is not there. */
  List<String> gaps() {
    List<String> gaps = new ArrayList<>();
    for (Entry clause : protocol.clauses()) {
      require(Kind.CODE, clause, "is cited by no comment of impl", gaps);
      requireMoreThanCode(clause, gaps);
    }
    for (Entry invariant : protocol.invariants()) {
      requireMoreThanCode(invariant, gaps);
    }
    for (Kind kind : Kind.values()) {
      evidence.all(kind).forEach((id, items) -> requireKnown(kind, id, items, gaps));
    }
    return gaps;
  }

  private void requireMoreThanCode(Entry entry, List<String> gaps) {
    require(Kind.CHECK, entry, "has no check", gaps);
    require(Kind.MUTANT, entry, "has no mutant", gaps);
    boolean raced = !evidence.of(Kind.RACE, entry.id()).isEmpty();
    boolean excused = !evidence.of(Kind.WITHOUT_RACE, entry.id()).isEmpty();
    if (raced && excused) {
      gaps.add(entry.id() + " has a race, and docs/reference/races.md says why it has none");
    }
    if (!raced && !excused) {
      gaps.add(entry.id() + " has no race, and docs/reference/races.md does not say why");
    }
  }

  private void require(Kind kind, Entry entry, String otherwise, List<String> gaps) {
    if (evidence.of(kind, entry.id()).isEmpty()) {
      gaps.add(entry.id() + " " + otherwise);
    }
  }

  private void requireKnown(Kind kind, String id, Set<Item> items, List<String> gaps) {
    if (Stream.concat(protocol.clauses().stream(), protocol.invariants().stream())
        .noneMatch(entry -> entry.id().equals(id))) {
      String what = kind.name().toLowerCase(Locale.ROOT);
      gaps.add(String.format(Locale.ROOT, "%s=%s names %s, which is not there", what, items, id));
    }
  }
}
