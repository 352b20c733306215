package io.github.datastorelookup.verification.report;

import io.github.datastorelookup.verification.CheckResult;
import io.github.datastorelookup.verification.CheckResult.Outcome;
import io.github.datastorelookup.verification.Failure;
import io.github.datastorelookup.verification.LayerResult;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** {@code TEST-<layer>.xml} for continuous integration, races and mutants included. */
public final class JunitXml {
  private final XMLStreamWriter xml;

  private JunitXml(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /** Writes the file of one layer into this folder. */
  public static void write(LayerResult layer, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Writer out = Files.newBufferedWriter(folder.resolve("TEST-" + layer.name() + ".xml"))) {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      new JunitXml(xml).suite(layer);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException("layer=" + layer.name() + " cannot be written as XML", e);
    }
  }

  private void suite(LayerResult layer) throws XMLStreamException {
    boolean silent = silentFailure(layer);
    xml.writeStartDocument();
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", layer.name());
    xml.writeAttribute("tests", Integer.toString(layer.checks().size() + (silent ? 1 : 0)));
    xml.writeAttribute("failures", Long.toString(count(layer, Outcome.FAILED) + (silent ? 1 : 0)));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", Long.toString(count(layer, Outcome.DECLARED_SKIP)));
    xml.writeAttribute("time", seconds(layer.seconds()));
    for (CheckResult check : layer.checks()) {
      testcase(check);
    }
    if (silent) {
      String message = layer.failures().stream().map(Failure::message).findFirst().orElse("failed");
      testcase(new CheckResult(layer.name(), "layer", 0, Outcome.FAILED, message));
    }
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  /** A layer can fail without a failed check, if one did not run: report that too. */
  private static boolean silentFailure(LayerResult layer) {
    return !layer.held() && count(layer, Outcome.FAILED) == 0;
  }

  private void testcase(CheckResult check) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", legal(check.group()));
    xml.writeAttribute("name", legal(check.name()));
    xml.writeAttribute("time", seconds(check.seconds()));
    if (check.outcome() != Outcome.PASSED) {
      xml.writeStartElement(check.outcome() == Outcome.FAILED ? "failure" : "skipped");
      xml.writeAttribute("message", legal(String.valueOf(check.message())));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static long count(LayerResult layer, Outcome outcome) {
    return layer.checks().stream().filter(check -> check.outcome() == outcome).count();
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }

  /** Replaces the characters that XML does not allow; names of cases may have them. */
  private static String legal(String text) {
    return text.codePoints()
        .map(c -> c == 9 || c == 10 || c == 13 || (c >= 32 && !surrogateOrNone(c)) ? c : '?')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean surrogateOrNone(int c) {
    return (c >= 0xD800 && c <= 0xDFFF) || c == 0xFFFE || c == 0xFFFF;
  }
}
