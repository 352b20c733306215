package io.github.datastorelookup.verification.page;

import static j2html.TagCreator.a;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.small;
import static j2html.TagCreator.span;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import j2html.tags.specialized.DivTag;
import j2html.tags.specialized.SpanTag;
import j2html.tags.specialized.TdTag;
import j2html.tags.specialized.ThTag;
import j2html.tags.specialized.TrTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The elements of all sections. All text is escaped. */
final class Html {
  private static final int MINUTE = 60;

  private Html() {}

  /** A table that scrolls in itself when the window is narrow. */
  static DivTag table(String caption, List<ThTag> heads, List<TrTag> rows) {
    return scrolling(
        caption,
        j2html.TagCreator.table(
            j2html.TagCreator.caption(caption),
            thead(tr(each(heads, head -> head))),
            tbody(each(rows, row -> row))));
  }

  /** Content that may be wider than the window; the keyboard reaches it, too. */
  static DivTag scrolling(String label, DomContent content) {
    return div(content)
        .withClass("scroll")
        .attr("role", "region")
        .attr("aria-label", label)
        .attr("tabindex", "0");
  }

  static ThTag head(String title) {
    return th(title).attr("scope", "col");
  }

  static ThTag headOfNumbers(String title) {
    return head(title).withClass("number");
  }

  static ThTag rowHead(DomContent content) {
    return th(content).attr("scope", "row");
  }

  /** The same with a remark in small letters. */
  static ThTag rowHead(DomContent content, DomContent... about) {
    return rowHead(span(content, small(about).withClass("about")));
  }

  static TdTag number(String text) {
    return td(text).withClass("number");
  }

  static TdTag number(long number) {
    return number(count(number));
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A number and what it counts: a single one without the plural's s. */
  static String count(long number, String what) {
    return count(number) + " " + (number == 1 ? what.replaceFirst("s$", "") : what);
  }

  static String duration(double seconds) {
    if (seconds >= MINUTE) {
      long whole = Math.round(seconds);
      return String.format(Locale.ROOT, "%d min %02d s", whole / MINUTE, whole % MINUTE);
    }
    return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.1f s", seconds);
  }

  static SpanTag good(String text) {
    return badge("good", "\u2713", text);
  }

  static SpanTag bad(String text) {
    return badge("bad", "\u2717", text);
  }

  static SpanTag neutral(String text) {
    return badge("neutral", "\u2013", text);
  }

  private static SpanTag badge(String kind, String sign, String text) {
    return span(span(sign).attr("aria-hidden", "true"), text("\u00a0" + text))
        .withClasses("badge", kind);
  }

  /** A link to a file beside the page if there is one, else its text. */
  static DomContent file(PageInput input, String file, String text) {
    return input.has(file) ? a(text).withHref(file.replace(" ", "%20")) : text(text);
  }

  /** The inline Markdown of our own pages: code, and links without their targets. */
  static List<DomContent> inline(String markdown) {
    String[] parts = markdown.replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1").split("`", -1);
    List<DomContent> content = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      content.add(i % 2 == 0 ? text(parts[i]) : code(parts[i]));
    }
    return content;
  }

  /** A class name without its package. */
  static String simple(String className) {
    int hash = className.indexOf('#');
    int end = hash < 0 ? className.length() : hash;
    return className.substring(className.lastIndexOf('.', end - 1) + 1);
  }
}
