package io.github.datastorelookup.verification.docs;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** The paragraphs, headings and table cells of a page, without code and without link targets. */
final class Passages extends AbstractVisitor {
  private static final Parser PARSER =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();

  private final List<String> all = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  private Passages() {}

  static List<String> of(String markdown) {
    Passages passages = new Passages();
    PARSER.parse(markdown).accept(passages);
    return passages.all;
  }

  private void passage(Node node) {
    text.setLength(0);
    visitChildren(node);
    all.add(text.toString());
  }

  @Override
  public void visit(Paragraph paragraph) {
    passage(paragraph);
  }

  @Override
  public void visit(Heading heading) {
    passage(heading);
  }

  @Override
  public void visit(CustomNode node) {
    if (node instanceof TableCell) {
      passage(node);
    } else {
      visitChildren(node);
    }
  }

  @Override
  public void visit(Text node) {
    text.append(node.getLiteral());
  }

  @Override
  public void visit(Code code) {
    text.append('X');
  }

  @Override
  public void visit(SoftLineBreak lineBreak) {
    text.append(' ');
  }

  @Override
  public void visit(HardLineBreak lineBreak) {
    text.append(". ");
  }

  @Override
  public void visit(HtmlInline html) {
    text.append(html.getLiteral().startsWith("<br") ? ". " : "");
  }
}
