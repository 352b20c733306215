package io.github.datastorelookup.verification.ci;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The phases, profiles, modules and properties that a command of Maven may name here. */
final class MavenCommands {
  private static final Set<String> GOALS =
      Set.of("clean", "test", "package", "verify", "install", "spotless:apply");
  private static final Set<String> FLAGS = Set.of("-B", "-q", "-o", "-am", "-ntp");

  /** Properties of Maven and of its plugins, which no pom and no source declares. */
  private static final Set<String> OF_PLUGINS =
      Set.of("test", "surefire.failIfNoSpecifiedTests", "maven.repo.local");

  private static final Pattern READ =
      Pattern.compile("\\b(?:getProperty|getBoolean|getInteger|getLong)\\(\\s*\"([^\"]+)\"");

  private final Set<String> profiles = new HashSet<>();
  private final Set<String> modules = new HashSet<>();
  private final Set<String> properties = new HashSet<>(OF_PLUGINS);

  private MavenCommands() {}

  /** Reads the poms and the sources below this folder. */
  static MavenCommands of(Path root) throws IOException {
    MavenCommands known = new MavenCommands();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(each -> !each.toString().contains("/target/")).toList()) {
        if (file.endsWith("pom.xml")) {
          known.pom(document(file));
        } else if (file.toString().endsWith(".java")) {
          READ.matcher(Files.readString(file))
              .results()
              .forEach(found -> known.properties.add(found.group(1)));
        }
      }
    }
    return known;
  }

  private static Document document(Path pom) throws IOException {
    try {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("pom=" + pom + " cannot be read", e);
    }
  }

  private void pom(Document pom) {
    for (Element profile : elements(pom.getElementsByTagName("profile"))) {
      profiles.add(profile.getElementsByTagName("id").item(0).getTextContent());
    }
    elements(pom.getElementsByTagName("module")).forEach(it -> modules.add(it.getTextContent()));
    for (Element group : elements(pom.getElementsByTagName("properties"))) {
      elements(group.getChildNodes()).forEach(it -> properties.add(it.getTagName()));
    }
  }

  private static List<Element> elements(NodeList nodes) {
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i) instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }

  /** What this command names that there is not. */
  List<String> problems(String command) {
    List<String> problems = new ArrayList<>();
    List<String> words = List.of(command.strip().split("\\s+"));
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("-pl")) {
        i++;
        unknown("module", i < words.size() ? words.get(i) : "", modules, problems);
      } else if (word.startsWith("-P")) {
        unknown("profile", word.substring(2), profiles, problems);
      } else if (word.startsWith("-D")) {
        Matcher name = Pattern.compile("-D([\\w.]+)(=.*)?").matcher(word);
        unknown("property", name.matches() ? name.group(1) : word, properties, problems);
      } else if (word.startsWith("-")) {
        unknown("flag", word, FLAGS, problems);
      } else {
        unknown("goal", word, GOALS, problems);
      }
    }
    return problems;
  }

  private static void unknown(String kind, String names, Set<String> known, List<String> problems) {
    for (String name : names.split(",", -1)) {
      if (!known.contains(name)) {
        problems.add("no " + kind + " " + name);
      }
    }
  }
}
