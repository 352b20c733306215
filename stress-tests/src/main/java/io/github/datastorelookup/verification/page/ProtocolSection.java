package io.github.datastorelookup.verification.page;

import static j2html.TagCreator.details;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.tr;

import io.github.datastorelookup.verification.LayerResult;
import io.github.datastorelookup.verification.page.ClauseCoverage.Cover;
import io.github.datastorelookup.verification.page.ProtocolPage.Entry;
import j2html.tags.DomContent;
import j2html.tags.specialized.TdTag;
import j2html.tags.specialized.ThTag;
import j2html.tags.specialized.TrTag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Clauses and invariants, and how the run covered each. */
final class ProtocolSection {
  private static final int MOST_CHARACTERS = 110;

  /** The layers that show every step, or every answer, to the oracle of all invariants. */
  private static final Set<String> ORACLE =
      Set.of("properties", "simulation", "exhaustive", "weak");

  private final PageInput input;
  private final ClauseCoverage coverage;
  private final List<String> layers;
  private final List<DomContent> content = new ArrayList<>();

  private ProtocolSection(PageInput input) throws IOException {
    this.input = input;
    this.coverage = ClauseCoverage.of(input);
    List<String> order = input.report().layers().stream().map(LayerResult::name).toList();
    this.layers =
        coverage.layers().stream().sorted(Comparator.comparingInt(order::indexOf)).toList();
  }

  static Section of(PageInput input) throws IOException {
    ProtocolSection section = new ProtocolSection(input);
    section.fill(ProtocolPage.read(input.root()));
    return new Section("protocol", "Clauses and invariants", section.content);
  }

  private void fill(ProtocolPage page) {
    content.add(
        p(
            "The mutants show which layer checks which clause. Each mutant changes one clause, and"
                + " one layer must catch it by the invariant that breaks. A cell has the mutants"
                + " killed and tried in this run; Known counts all mutants."));
    content.add(h3("Invariants"));
    content.add(p(oracle()));
    content.add(table("Invariants", page.invariants(), coverage::ofInvariant, true));
    content.add(h3("Clauses"));
    List<Cover> covers =
        page.clauses().stream().map(entry -> coverage.ofClause(entry.id())).toList();
    long gaps = covers.stream().filter(Cover::isGap).count();
    long tried = covers.stream().filter(cover -> cover.tried() > 0).count();
    content.add(
        details(
                summary(
                    text(
                        Html.count(covers.size(), "clauses")
                            + ": this run tried mutants of "
                            + tried
                            + (gaps == 0 ? ", and there are some for each" : "; gaps: " + gaps))),
                table("Clauses", page.clauses(), coverage::ofClause, false))
            .condAttr(gaps > 0, "open", null));
  }

  /** How often the oracle looked, as far as these layers counted. */
  private String oracle() {
    String looked =
        input.report().layers().stream()
            .filter(layer -> ORACLE.contains(layer.name()) && layer.explored() > 0)
            .map(layer -> Html.count(layer.explored()) + " " + layer.unit() + " of " + layer.name())
            .collect(Collectors.joining(", "));
    return looked.isEmpty()
        ? "None of the layers that show each step to the oracle of all invariants ran."
        : "One oracle knows all invariants. It looked at the steps of " + looked + ".";
  }

  private DomContent table(
      String caption, List<Entry> entries, Function<String, Cover> covers, boolean invariants) {
    List<ThTag> heads = new ArrayList<>();
    heads.add(Html.head(caption.substring(0, caption.length() - 1)));
    heads.add(Html.head("Killed"));
    layers.forEach(layer -> heads.add(Html.headOfNumbers(layer)));
    heads.add(Html.headOfNumbers("Known"));
    if (invariants) {
      heads.add(Html.headOfNumbers("Checks tagged"));
    }
    List<TrTag> rows = new ArrayList<>();
    String group = "";
    for (Entry entry : entries) {
      if (!invariants && !entry.name().equals(group)) {
        group = entry.name();
        rows.add(
            tr(
                th(group)
                    .attr("scope", "rowgroup")
                    .attr("colspan", String.valueOf(heads.size()))
                    .withClass("group")));
      }
      rows.add(row(entry, covers.apply(entry.id()), invariants));
    }
    return Html.table(caption + ": mutants killed and tried, by layer", heads, rows);
  }

  private TrTag row(Entry entry, Cover cover, boolean invariant) {
    List<DomContent> cells = new ArrayList<>();
    cells.add(
        Html.rowHead(
            text(invariant ? entry.id() + " " + entry.name() : entry.id()),
            Html.inline(shortened(entry.text())).toArray(new DomContent[0])));
    cells.add(verdict(cover));
    for (String layer : layers) {
      int[] seen = cover.byLayer().get(layer);
      cells.add(Html.number(seen == null ? "" : seen[0] + "/" + seen[1]));
    }
    cells.add(Html.number(cover.known()));
    if (invariant) {
      cells.add(Html.number(tagged(entry.id())));
    }
    return tr(cells.toArray(new DomContent[0]));
  }

  private static TdTag verdict(Cover cover) {
    if (cover.isGap()) {
      return td(Html.bad("gap: no mutant"));
    }
    if (cover.tried() == 0) {
      return td(Html.neutral("not tried"));
    }
    String ratio = cover.killed() + " of " + cover.tried();
    return td(cover.killed() == cover.tried() ? Html.good(ratio) : Html.bad(ratio));
  }

  private String tagged(String invariant) {
    int all = 0;
    for (Map<String, Integer> layer : input.namedInvariants().values()) {
      all += layer.getOrDefault(invariant, 0);
    }
    return all == 0 ? "" : Integer.toString(all);
  }

  /** The beginning, up to the end of a word. */
  private static String shortened(String text) {
    return text.length() <= MOST_CHARACTERS
        ? text
        : text.substring(0, text.lastIndexOf(' ', MOST_CHARACTERS)) + " ...";
  }
}
