package io.github.datastorelookup.verification.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** The links of a page, and the anchors that links to it may end in. */
final class MarkdownPage extends AbstractVisitor {
  private static final Parser PARSER =
      Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
          .build();
  private static final Pattern HTML_LINK = Pattern.compile("(?i)\\b(href|src|id|name)\\s*=");

  /**
   * A link, or what is meant as one.
   *
   * @param line where it is, from 1
   * @param target where it leads, as written
   * @param form what it is
   */
  record Reference(int line, String target, Form form) {}

  /** What a reference is in Markdown. */
  enum Form {
    LINK,
    IMAGE,
    /** A link or an anchor in HTML; nothing here reads those. */
    HTML,
    /** Brackets that the parser took for text. */
    TEXT
  }

  private final List<Reference> references = new ArrayList<>();
  private final Set<String> anchors = new HashSet<>();
  private final IdGenerator ids = IdGenerator.builder().build(); // counts repeats, as GitHub does

  private MarkdownPage() {}

  static MarkdownPage read(Path file) throws IOException {
    MarkdownPage page = new MarkdownPage();
    PARSER.parse(Files.readString(file)).accept(page);
    return page;
  }

  List<Reference> references() {
    return List.copyOf(references);
  }

  /** The anchors of its headings, by GitHub's rule. */
  Set<String> anchors() {
    return Set.copyOf(anchors);
  }

  @Override
  public void visit(Heading heading) {
    StringBuilder title = new StringBuilder();
    heading.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text text) {
            title.append(text.getLiteral());
          }

          @Override
          public void visit(Code code) {
            title.append(code.getLiteral());
          }
        });
    anchors.add(ids.generateId(title.toString()));
    visitChildren(heading);
  }

  @Override
  public void visit(Link link) {
    add(link, link.getDestination(), Form.LINK);
    visitChildren(link);
  }

  @Override
  public void visit(Image image) {
    add(image, image.getDestination(), Form.IMAGE);
  }

  @Override
  public void visit(HtmlInline html) {
    addHtml(html, html.getLiteral());
  }

  @Override
  public void visit(HtmlBlock html) {
    addHtml(html, html.getLiteral());
  }

  private void addHtml(Node node, String html) {
    if (HTML_LINK.matcher(html).find()) {
      add(node, html.strip(), Form.HTML);
    }
  }

  @Override
  public void visit(Text text) {
    if (text.getLiteral().contains("](") || text.getLiteral().contains("][")) {
      add(text, text.getLiteral(), Form.TEXT);
    }
  }

  private void add(Node node, String target, Form form) {
    Node placed = node;
    while (placed.getSourceSpans().isEmpty() && placed.getParent() != null) {
      placed = placed.getParent();
    }
    int line =
        placed.getSourceSpans().isEmpty() ? 0 : placed.getSourceSpans().get(0).getLineIndex() + 1;
    references.add(new Reference(line, target, form));
  }
}
