package io.github.datastorelookup.verification.page;

import static j2html.TagCreator.body;
import static j2html.TagCreator.code;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.header;
import static j2html.TagCreator.html;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.style;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import io.github.datastorelookup.verification.CampaignRound;
import io.github.datastorelookup.verification.CampaignRound.Amount;
import io.github.datastorelookup.verification.CampaignRound.Found;
import io.github.datastorelookup.verification.CampaignState;
import j2html.tags.DomContent;
import j2html.tags.specialized.TrTag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The page of a campaign: what was looked at in all rounds, round by round, and what failed. */
public final class CampaignPage {
  private CampaignPage() {}

  /** Writes it into the folder of the campaign. */
  public static Path write(CampaignState state, int minutes, Path folder) throws IOException {
    String page =
        document(
            html(
                    head(
                        meta().withCharset("utf-8"),
                        title("Campaign " + state.verdict()),
                        style(rawHtml(Page.resource("page.css")))),
                    body(
                        header(
                            h1("Campaign: " + state.verdict()),
                            p(headline(state, minutes)),
                            p(
                                text("Commit "),
                                code(state.commit()),
                                text(", budget " + state.budget() + ", seed " + state.seed()))),
                        main(each(sections(state), part -> part))))
                .withLang("en"));
    return Files.writeString(folder.resolve(Page.FILE), page);
  }

  /** The campaign in one sentence, which claims no more than ran. */
  public static String headline(CampaignState state, int minutes) {
    long complete = state.rounds().stream().filter(CampaignRound::complete).count();
    long cut = state.rounds().size() - complete;
    return String.format(
        Locale.ROOT,
        "%s: %s%s in %.1f of %d minutes, %s%s.",
        state.verdict(),
        Html.count(complete, "complete rounds"),
        cut == 0 ? "" : " and " + cut + " that ended early",
        state.seconds() / 60,
        minutes,
        state.failures().isEmpty()
            ? "nothing failed"
            : Html.count(state.failures().size(), "different failures"),
        state.scope().isEmpty() ? "" : "; all with " + state.scope());
  }

  private static List<DomContent> sections(CampaignState state) {
    List<DomContent> all = new ArrayList<>();
    all.add(h2("Looked at in all rounds"));
    all.add(
        Html.table(
            "All rounds together",
            List.of(
                Html.head("Layer"),
                Html.headOfNumbers("Checks ran"),
                Html.headOfNumbers("Explored"),
                Html.headOfNumbers("Time")),
            state.totals().stream().map(CampaignPage::total).toList()));
    all.add(h2("Round by round"));
    all.add(
        Html.table(
            "Rounds, with the sums until then",
            List.of(
                Html.headOfNumbers("Round"),
                Html.head("Seed"),
                Html.head("Began"),
                Html.head("Result"),
                Html.headOfNumbers("Time"),
                Html.headOfNumbers("Schedules"),
                Html.headOfNumbers("Samples"),
                Html.headOfNumbers("Operations")),
            rounds(state)));
    all.add(h2("Failures"));
    if (state.failures().isEmpty()) {
      all.add(p("Nothing failed."));
    }
    state.failures().values().forEach(alike -> all.add(failure(alike)));
    return all;
  }

  private static TrTag total(Amount amount) {
    return tr(
        td(amount.layer()),
        Html.number(Html.count(amount.ran())),
        Html.number(Html.count(amount.explored()) + " " + amount.unit()),
        Html.number(Html.duration(amount.seconds())));
  }

  private static List<TrTag> rounds(CampaignState state) {
    List<TrTag> rows = new ArrayList<>();
    List<CampaignRound> until = new ArrayList<>();
    for (CampaignRound round : state.rounds()) {
      until.add(round);
      rows.add(
          tr(
              Html.number(Integer.toString(round.number())),
              td(code(Long.toString(round.seed()))),
              td(round.started()),
              td(round.verdict() + (round.complete() ? "" : ", ended early")),
              Html.number(Html.duration(round.seconds())),
              sum(until, "schedules"),
              sum(until, "samples"),
              sum(until, "operations")));
    }
    return rows;
  }

  private static DomContent sum(List<CampaignRound> rounds, String unit) {
    long all =
        rounds.stream()
            .flatMap(round -> round.layers().stream())
            .filter(each -> each.unit().equals(unit))
            .mapToLong(Amount::explored)
            .sum();
    return Html.number(Html.count(all));
  }

  private static DomContent failure(List<Found> alike) {
    Found first = alike.get(0);
    String more = alike.size() == 1 ? "" : " (and " + (alike.size() - 1) + " more)";
    return p(
        text(first.layer() + ": " + first.check() + more),
        pre(first.message()),
        code(first.replay()));
  }
}
