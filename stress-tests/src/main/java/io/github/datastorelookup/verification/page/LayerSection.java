package io.github.datastorelookup.verification.page;

import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.li;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import io.github.datastorelookup.verification.CheckResult;
import io.github.datastorelookup.verification.LayerResult;
import j2html.tags.DomContent;
import j2html.tags.specialized.SpanTag;
import j2html.tags.specialized.TrTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What each layer planned, ran and explored. */
final class LayerSection {
  private static final Map<String, String> ABOUT =
      Map.ofEntries(
          Map.entry("unit", "the library's own tests, on real files, with a fault at each call"),
          Map.entry("properties", "random commands, each answer equal to the model's"),
          Map.entry("simulation", "random races in random schedules"),
          Map.entry(
              "exhaustive",
              "small races in all schedules within a bound, a process killed at every point"),
          Map.entry("weak", "the same on memory that is weaker than this machine's"),
          Map.entry("traces", "traces of the protocol, replayed in another language"),
          Map.entry("lincheck", "interleavings of bytecode"),
          Map.entry("processes", "real processes on real files, one killed each second"),
          Map.entry("runner", "the verification's own tests"),
          Map.entry("jcstress", "races on this machine's cores"),
          Map.entry("mutants", "wrong designs that the other layers have to see"));

  private LayerSection() {}

  static Section of(PageInput input) {
    List<LayerResult> layers = input.report().layers();
    List<DomContent> content = new ArrayList<>();
    content.add(
        Html.table(
            "Layers, of which several ran at the same time",
            List.of(
                Html.head("Layer"),
                Html.head("Result"),
                Html.headOfNumbers("Planned"),
                Html.headOfNumbers("Ran"),
                Html.headOfNumbers("Explored"),
                Html.headOfNumbers("Time")),
            layers.stream().map(LayerSection::row).toList()));
    layers.stream()
        .filter(layer -> !layer.notes().isEmpty() && !layer.wasLeftOut())
        .forEach(
            layer ->
                content.add(
                    details(
                        summary(Html.count(layer.notes().size(), "notes") + " on " + layer.name()),
                        each(NoteTables.of(layer.name(), layer.notes()), table -> table),
                        ul(each(NoteTables.others(layer.notes()), note -> li(note))))));
    slowest(input.report().slowest(), content);
    return new Section("layers", "Layers", content);
  }

  private static TrTag row(LayerResult layer) {
    boolean nothing = layer.unit().isEmpty();
    return tr(
        Html.rowHead(text(layer.name()), text(ABOUT.getOrDefault(layer.name(), ""))),
        td(result(layer)),
        Html.number(layer.wasLeftOut() ? "" : Html.count(layer.planned())),
        Html.number(layer.wasLeftOut() ? "" : Html.count(layer.ran())),
        Html.number(nothing ? "" : Html.count(layer.explored()) + " " + layer.unit()),
        Html.number(nothing ? "" : Html.duration(layer.seconds())));
  }

  private static SpanTag result(LayerResult layer) {
    return switch (layer.verdict()) {
      case PASSED -> Html.good(layer.result());
      case PARTIAL -> Html.neutral(layer.result());
      case FAILED -> Html.bad(layer.result());
    };
  }

  private static void slowest(List<CheckResult> slowest, List<DomContent> content) {
    if (!slowest.isEmpty()) {
      content.add(h3("Slowest checks"));
      content.add(
          ul(
              each(
                  slowest,
                  check ->
                      li(
                          text(Html.duration(check.seconds()) + " "),
                          code(Html.simple(check.group()) + " " + check.name())))));
    }
  }
}
