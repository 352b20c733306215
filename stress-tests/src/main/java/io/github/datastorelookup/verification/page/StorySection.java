package io.github.datastorelookup.verification.page;

import static j2html.TagCreator.details;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.summary;

import io.github.datastorelookup.verification.mutants.MutantResult;
import j2html.tags.DomContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The counterexamples of instructive wrong designs. */
final class StorySection {
  static final List<String> INSTRUCTIVE =
      List.of(
          "count-after-config-lock",
          "warm-lookup-does-not-read-again",
          "warm-lookup-reads-the-instance-before-it-counts",
          "warm-undo-without-last-drop-check",
          "evict-without-compare-and-set",
          "closed-said-before-the-files-are",
          "claim-checked-and-then-taken",
          "one-bump-after-the-replace",
          "load-instead-of-save-before-acting",
          "generation-of-one-process");

  private StorySection() {}

  /** One of them, open: how such a diagram reads. Empty if none of them was tried. */
  static Optional<Section> example(PageInput input) throws IOException {
    List<MutantResult> tried = tried(input);
    return tried.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "example",
                "A mistake that this run found",
                List.of(card(input, tried.get(0), true))));
  }

  /**
   * All of them, closed.
   *
   * @param first how many of them are shown elsewhere
   */
  static Section of(PageInput input, int first) throws IOException {
    List<DomContent> content = new ArrayList<>();
    List<MutantResult> tried = tried(input);
    content.add(
        p(
            tried.isEmpty()
                ? "This run tried none of the mutants that are shown here."
                : "How some wrong designs fail, as this run found it. Open one for its sequence"
                    + " diagram."));
    for (MutantResult each : tried.subList(Math.min(first, tried.size()), tried.size())) {
      content.add(card(input, each, false));
    }
    return new Section("stories", "Counterexamples of mutants", content);
  }

  /** Those of this run that left a story, the most instructive first. */
  private static List<MutantResult> tried(PageInput input) throws IOException {
    List<MutantResult> tried = new ArrayList<>();
    for (String id : INSTRUCTIVE) {
      for (MutantResult each : input.report().mutants()) {
        if (each.mutant().id().equals(id) && Story.in(text(input, id)).isPresent()) {
          tried.add(each);
        }
      }
    }
    return tried;
  }

  private static String text(PageInput input, String id) throws IOException {
    Path file = input.folder().resolve("counterexamples/" + id + ".txt");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private static DomContent card(PageInput input, MutantResult result, boolean open)
      throws IOException {
    String id = result.mutant().id();
    String text = text(input, id);
    List<DomContent> parts = new ArrayList<>();
    parts.add(
        summary(
            span(result.mutant().story()).withClass("what"),
            span(id + ", breaks " + result.mutant().invariant()).withClass("about")));
    parts.addAll(StoryCard.of(Story.in(text).orElseThrow(), text, "story-" + id, id, false));
    return details(parts.toArray(new DomContent[0]))
        .withClass("card")
        .withId("story-" + id)
        .condAttr(open, "open", null);
  }
}
