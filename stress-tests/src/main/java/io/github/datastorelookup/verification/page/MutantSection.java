package io.github.datastorelookup.verification.page;

import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.tr;

import io.github.datastorelookup.verification.mutants.MutantResult;
import io.github.datastorelookup.verification.mutants.MutantResult.Fate;
import j2html.tags.DomContent;
import j2html.tags.specialized.SpanTag;
import j2html.tags.specialized.TrTag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The fate of each mutant; those that were not killed come first. */
final class MutantSection {
  private MutantSection() {}

  static Section of(PageInput input) {
    List<MutantResult> mutants =
        input.report().mutants().stream()
            .sorted(
                Comparator.comparing(MutantResult::killed)
                    .thenComparing(each -> each.mutant().id()))
            .toList();
    List<DomContent> content = new ArrayList<>();
    if (mutants.isEmpty()) {
      content.add(p("No mutant was tried."));
      return new Section("mutants", "Mutants", content);
    }
    long killed = mutants.stream().filter(MutantResult::killed).count();
    content.add(
        p(
            "A mutant is the library with one deliberate mistake. A named check must see the"
                + " named invariant broken. Killed: "
                + killed
                + " of "
                + mutants.size()
                + " tried."));
    content.add(
        div(
                label("Show only rows with ").withFor("mutant-filter"),
                input().withId("mutant-filter").withType("search").attr("autocomplete", "off"),
                span().withId("mutant-count").attr("role", "status"))
            .withClass("filter")
            .attr("hidden"));
    content.add(
        Html.table(
                "Mutants that were tried",
                List.of(
                    Html.head("Mutant"),
                    Html.head("Fate"),
                    Html.head("Clause"),
                    Html.head("Invariant"),
                    Html.head("Layer"),
                    Html.head("Killed by"),
                    Html.headOfNumbers("Seconds")),
                mutants.stream().map(each -> row(input, each)).toList())
            .withId("mutant-table"));
    return new Section("mutants", "Mutants", content);
  }

  private static TrTag row(PageInput input, MutantResult result) {
    String id = result.mutant().id();
    return tr(
        Html.rowHead(
            Html.file(input, "counterexamples/" + id + ".txt", id), text(result.mutant().story())),
        td(fate(result.fate())),
        td(result.mutant().clause()),
        td(result.mutant().invariant()),
        td(result.mutant().layer()),
        td(
            result.killed()
                ? code(Html.simple(result.killedBy()))
                : text(result.message().lines().findFirst().orElse(""))),
        Html.number(String.format(Locale.ROOT, "%.2f", result.seconds())));
  }

  private static SpanTag fate(Fate fate) {
    return fate == Fate.KILLED
        ? Html.good("killed")
        : Html.bad(fate.name().toLowerCase(Locale.ROOT));
  }
}
