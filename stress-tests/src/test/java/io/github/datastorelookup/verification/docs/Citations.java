package io.github.datastorelookup.verification.docs;

import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The clauses that the comments of a Java source cite. */
final class Citations {
  // Sources are formatted, so a block comment's lines begin with a star.
  private static final Pattern COMMENT = Pattern.compile("(?m)(?://|^\\s*/?\\*+/?)(.*)$");
  private static final Pattern RANGE =
      Pattern.compile("\\b([A-Z])\\d+(?: to |\\s*[-\u2013]\\s*)\\1?\\d+\\b");
  private static final Pattern CLAUSE = Pattern.compile("\\b(?:API-\\d+|[A-Z]\\d+)\\b");

  private Citations() {}

  /** Those that are cited exactly: a range, such as "W1 to W5", cites nothing. */
  static NavigableSet<String> in(String source) {
    StringBuilder comments = new StringBuilder();
    Matcher comment = COMMENT.matcher(source);
    while (comment.find()) {
      comments.append(comment.group(1).strip()).append(' '); // a range may be broken by a line end
    }
    NavigableSet<String> ids = new TreeSet<>();
    CLAUSE
        .matcher(RANGE.matcher(comments).replaceAll(" "))
        .results()
        .forEach(id -> ids.add(id.group()));
    return ids;
  }
}
