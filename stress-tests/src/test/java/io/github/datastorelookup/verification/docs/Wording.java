package io.github.datastorelookup.verification.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Wording that makes a reader stop: no actor, a vague verb, a sentence that does not end. */
final class Wording {
  private static final int MOST_WORDS = 35;
  private static final Pattern WORD = Pattern.compile("[\\w'’-]+");
  private static final Pattern END_OF_SENTENCE = Pattern.compile("(?<=[.!?;:])\\s+(?=[A-Z\\[(])");

  /** As they stand: a word in capitals is the name of a constant. */
  private static final List<Pattern> VAGUE =
      List.of(
          // no actor
          Pattern.compile("\\b(?:[Nn]o|[Ss]ome|[Aa]ny|[Ee]very)body\\b"),
          Pattern.compile("\\b[Ww]ho(?:mever|ever|m)\\b"),
          Pattern.compile("(?:^|[.:;] )Who\\b(?![^.]*\\?)"),
          Pattern.compile(
              "(?:^|\\. )What [^.?]{3,60} (?:is|are|says|has|had|does|do|was)\\b(?![^.]*\\?)"),
          Pattern.compile("\\b[Ww]hatever\\b"),
          // vague verbs
          Pattern.compile("\\b[Tt]old\\b"),
          Pattern.compile("\\b(?:is|are|was|were|be) said\\b"),
          Pattern.compile("\\bsays? of\\b"),
          Pattern.compile("\\bgot\\b"),
          Pattern.compile("\\b(?:not|is|are|was|were|be|been) had\\b"),
          Pattern.compile("\\b[Bb]y hand\\b"));

  private Wording() {}

  /** What is wrong with a paragraph, a table cell, a heading or a comment; code is a capital X. */
  static List<String> findings(String paragraph) {
    String text = paragraph.replaceAll("\\s+", " ").strip();
    List<String> found = new ArrayList<>();
    for (Pattern pattern : VAGUE) {
      pattern.matcher(text).results().forEach(match -> found.add("vague: " + match.group()));
    }
    for (String sentence : END_OF_SENTENCE.split(text, -1)) {
      long words = WORD.matcher(sentence).results().count();
      if (words > MOST_WORDS) {
        found.add(words + " words: " + sentence);
      }
    }
    return found;
  }
}
