package io.github.datastorelookup.verification.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a race asks: the first sentence of its class comment.
 *
 * @param text with code in backticks; empty if the source is missing
 * @param source its file, from the folder of the page; empty if it is missing
 */
record RaceQuestion(String text, String source) {
  private static final String FOLDER =
      "stress-tests/src/main/java/io/github/datastorelookup/races/";
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*\\*(.*?[.?])(?:\\s.*?)?\\*/");
  private static final Pattern TAG = Pattern.compile("\\{@\\w+ ([^}]*)\\}");

  /**
   * Reads it.
   *
   * @param race its class, without the package; a nested one asks what its outer class asks
   */
  static RaceQuestion of(PageInput input, String race) throws IOException {
    Path file = input.root().resolve(FOLDER + race.replaceFirst("\\..*", "") + ".java");
    if (!Files.exists(file)) {
      return new RaceQuestion("", "");
    }
    Matcher comment = COMMENT.matcher(Files.readString(file));
    String sentence = comment.find() ? comment.group(1).replaceAll("\\s+\\*? *", " ") : "";
    String source =
        input.folder().toAbsolutePath().relativize(file.toAbsolutePath().normalize()).toString();
    return new RaceQuestion(TAG.matcher(sentence).replaceAll("`$1`").strip(), source);
  }
}
