package io.github.datastorelookup.verification.page;

import static j2html.TagCreator.details;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.text;

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

  static Section of(PageInput input) throws IOException {
    List<DomContent> content = new ArrayList<>();
    for (String id : INSTRUCTIVE) {
      Path file = input.folder().resolve("counterexamples/" + id + ".txt");
      Optional<MutantResult> tried =
          input.report().mutants().stream().filter(each -> each.mutant().id().equals(id)).findAny();
      if (tried.isPresent() && Files.exists(file)) {
        String text = Files.readString(file);
        Optional<Story> story = Story.in(text);
        if (story.isPresent()) {
          content.add(card(tried.get(), story.get(), text));
        }
      }
    }
    if (content.isEmpty()) {
      content.add(p("None of the mutants that are shown here was tried in this run."));
    } else {
      content.add(
          0,
          p(
              "What becomes of some wrong designs, found by this run. Open one to see it as a"
                  + " sequence diagram."));
    }
    return new Section("stories", "Counterexamples of mutants", content);
  }

  private static DomContent card(MutantResult result, Story story, String text) throws IOException {
    String id = result.mutant().id();
    List<DomContent> parts = new ArrayList<>();
    parts.add(
        summary(
            span(result.mutant().story()).withClass("what"),
            span(text(id + ", breaks " + result.mutant().invariant())).withClass("about")));
    parts.addAll(StoryCard.of(story, text, "story-" + id, id, false));
    return details(parts.toArray(new DomContent[0])).withClass("card").withId("story-" + id);
  }
}
