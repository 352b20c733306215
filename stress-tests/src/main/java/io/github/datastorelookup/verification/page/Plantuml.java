package io.github.datastorelookup.verification.page;

import java.awt.GraphicsEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.sourceforge.plantuml.FileFormat;
import net.sourceforge.plantuml.FileFormatOption;
import net.sourceforge.plantuml.SourceStringReader;

/** Draws sequence diagrams. The only user of PlantUML. */
final class Plantuml {
  static {
    // Before its classes are loaded: it reads no files, asks no network, opens no window.
    System.setProperty("java.awt.headless", "true");
    System.setProperty("PLANTUML_SECURITY_PROFILE", "SANDBOX");
  }

  private static final List<String> STYLE =
      List.of(
          "!pragma teoz true", // the layout that leaves room for notes
          "hide footbox",
          "skinparam backgroundColor transparent",
          "skinparam shadowing false",
          "skinparam roundCorner 4",
          "skinparam defaultFontName sans-serif",
          "skinparam defaultFontSize 12",
          "skinparam defaultFontColor " + Palette.TEXT.code(),
          "skinparam sequence {",
          "ArrowColor " + Palette.LINE.code(),
          "LifeLineBorderColor " + Palette.LINE.code(),
          "ParticipantBackgroundColor " + Palette.THING.code(),
          "ParticipantBorderColor " + Palette.LINE.code(),
          "}",
          "skinparam note {",
          "BackgroundColor " + Palette.ANSWER.code(),
          "BorderColor " + Palette.LINE.code(),
          "}");

  private Plantuml() {}

  /** Whether this JVM can measure text: on a machine without any font it cannot. */
  static boolean canDraw() {
    try {
      return GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames().length
          > 0;
    } catch (InternalError | UnsatisfiedLinkError | NoClassDefFoundError | RuntimeException e) {
      return false; // thrown by a JDK without fontconfig or its library
    }
  }

  /** Draws a diagram. */
  static String svg(List<String> diagram) throws IOException {
    List<String> source = new ArrayList<>();
    source.add("@startuml");
    source.addAll(STYLE);
    source.addAll(diagram);
    source.add("@enduml");
    ByteArrayOutputStream svg = new ByteArrayOutputStream();
    Object unused =
        new SourceStringReader(String.join("\n", source))
            .outputImage(svg, 0, new FileFormatOption(FileFormat.SVG, false));
    String drawn = svg.toString(StandardCharsets.UTF_8);
    if (!drawn.contains("data-diagram-type=\"SEQUENCE\"")) {
      throw new IOException("PlantUML does not understand: " + String.join("\n", diagram));
    }
    return drawn;
  }

  /** Escapes everything that means something to PlantUML. */
  static String text(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\n') {
                safe.append("\\n");
              } else if (Character.isLetterOrDigit(c) || c == ' ' || c == ',') {
                safe.appendCodePoint(c);
              } else {
                safe.append(String.format(Locale.ROOT, "<U+%04X>", c));
              }
            });
    return safe.toString();
  }
}
