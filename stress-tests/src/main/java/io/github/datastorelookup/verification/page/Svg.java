package io.github.datastorelookup.verification.page;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the drawing of a library part of the page. */
final class Svg {
  private static final Pattern BEGIN = Pattern.compile("<svg\\b[^>]*>");
  private static final Pattern STYLE = Pattern.compile("\\bstyle=\"([^\"]*)\"");
  private static final Pattern SIZE = Pattern.compile("\\b(width|height)=\"([0-9.]+)(?:px)?\"");

  /** Names that repeat in every drawing, and instructions for other programs. */
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "<\\?.*?\\?>|<!DOCTYPE[^>]*>|<!--.*?-->| (?:id|data-[a-z0-9-]+)=\"[^\"]*\"",
          Pattern.DOTALL);

  private Svg() {}

  /**
   * The drawing with a name and a description for a screen reader.
   *
   * @param id unique in the page
   */
  static String inlined(String svg, String id, String title, String description) {
    String clean = Palette.applied(LEFT_OUT.matcher(svg).replaceAll("")).strip();
    Matcher begin = BEGIN.matcher(clean);
    if (!begin.find()) {
      throw new IllegalStateException("no drawing: " + clean);
    }
    Matcher style = STYLE.matcher(begin.group());
    return String.format(
        Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"%1$s-title %1$s-desc\""
            + " %2$s style=\"%5$s\"><title id=\"%1$s-title\">%3$s</title><desc id=\"%1$s-desc\">%4$s</desc>%6$s",
        id,
        size(begin.group()),
        escaped(title),
        escaped(description),
        style.find() ? style.group(1) : "",
        clean.substring(begin.end()));
  }

  private static String size(String begin) {
    Matcher size = SIZE.matcher(begin);
    String width = "";
    String height = "";
    while (size.find()) {
      if (size.group(1).equals("width")) {
        width = size.group(2);
      } else {
        height = size.group(2);
      }
    }
    return String.format(
        Locale.ROOT, "width=\"%1$s\" height=\"%2$s\" viewBox=\"0 0 %1$s %2$s\"", width, height);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
