package io.github.datastorelookup.verification.docs;

import io.github.datastorelookup.verification.docs.Evidence.Kind;
import io.github.datastorelookup.verification.mutants.MutantException;
import io.github.datastorelookup.verification.page.ProtocolPage;
import io.github.datastorelookup.verification.page.ProtocolPage.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
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

      ## Clauses

      In the code: the classes whose comments cite it. Checks: those that have to kill its mutants, and the \
      [races](races.md) that have to show what one of them does wrong; [traces](traces/README.md) have a step of it. \
      Mutants: [those](mutants.md) that leave it out or bend it.

      | clause | in the code | checks | mutants |
      |---|---|---|---|
      """;
  private static final String INVARIANTS =
      """

      ## Invariants

      Checks: those that carry its id as a tag or have to kill its mutants, and races as above. Mutants: those that break it.

      | invariant | checks | mutants |
      |---|---|---|
      """;

  private final ProtocolPage protocol;
  private final Evidence evidence;

  private ClauseTable(ProtocolPage protocol, Evidence evidence) {
    this.protocol = protocol;
    this.evidence = evidence;
  }

  /** Of the sources below the folder of the parent pom. */
  static ClauseTable read(Path root) throws IOException, MutantException {
    return new ClauseTable(ProtocolPage.read(root), EvidenceReader.read(root));
  }

  /** The text of {@code docs/clauses.md}. */
  String page() {
    StringBuilder page = new StringBuilder(HEAD).append(CLAUSES);
    for (Entry clause : protocol.clauses()) {
      String link = "[" + clause.id() + "](protocol.md#" + anchor(clause.name()) + ")";
      row(page, link, classes(clause), checks(clause), mutants(clause));
    }
    page.append(INVARIANTS);
    for (Entry invariant : protocol.invariants()) {
      String link = "[" + invariant.id() + "](protocol.md#invariants) " + invariant.name();
      row(page, link, checks(invariant), mutants(invariant));
    }
    return page.toString();
  }

  private static void row(StringBuilder page, String... cells) {
    page.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String anchor(String heading) {
    return IdGenerator.builder().build().generateId(heading);
  }

  private String classes(Entry entry) {
    return joined(
        Kind.CODE,
        entry,
        name -> String.format("[`%s`](../%s/%s.java)", name, EvidenceReader.LIBRARY, name),
        ", ");
  }

  private String checks(Entry entry) {
    int traces = evidence.of(Kind.TRACE, entry.id()).size();
    return Stream.of(
            joined(Kind.CHECK, entry, name -> "`" + name + "`", "<br>"),
            joined(Kind.RACE, entry, name -> "race `" + name + "`", "<br>"),
            traces == 0 ? "" : traces == 1 ? "1 trace" : traces + " traces")
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("<br>"));
  }

  private String mutants(Entry entry) {
    return joined(Kind.MUTANT, entry, name -> "`" + name + "`", "<br>");
  }

  private String joined(Kind kind, Entry entry, Function<String, String> cell, String separator) {
    return evidence.of(kind, entry.id()).stream().map(cell).collect(Collectors.joining(separator));
  }

  /** What has nothing that holds it, and what claims to hold something that is not there. */
  List<String> gaps() {
    List<String> gaps = new ArrayList<>();
    for (Entry clause : protocol.clauses()) {
      require(Kind.CODE, clause, "is cited by no comment of impl", gaps);
      require(Kind.CHECK, clause, "has no check", gaps);
      require(Kind.MUTANT, clause, "has no mutant", gaps);
    }
    for (Entry invariant : protocol.invariants()) {
      require(Kind.CHECK, invariant, "has no check", gaps);
      require(Kind.MUTANT, invariant, "has no mutant", gaps);
    }
    for (Kind kind : Kind.values()) {
      evidence.all(kind).forEach((id, who) -> requireKnown(kind, id, who, gaps));
    }
    return gaps;
  }

  private void require(Kind kind, Entry entry, String otherwise, List<String> gaps) {
    if (evidence.of(kind, entry.id()).isEmpty()) {
      gaps.add(entry.id() + " " + otherwise);
    }
  }

  private void requireKnown(Kind kind, String id, Set<String> who, List<String> gaps) {
    if (Stream.concat(protocol.clauses().stream(), protocol.invariants().stream())
        .noneMatch(entry -> entry.id().equals(id))) {
      String what = kind.name().toLowerCase(Locale.ROOT);
      gaps.add(String.format("%s=%s names %s, which docs/protocol.md has not", what, who, id));
    }
  }
}
