package io.github.datastorelookup.verification.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.verification.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What {@code docs/dependency.md} and {@code docs/changes.md} say of versions is what the pom says.
 */
@Tag("runner")
class DependencyPageTest {
  private static final String SNAPSHOT = "-SNAPSHOT";

  private final String group;
  private final String artifact;
  private final String version;

  DependencyPageTest() throws IOException {
    String pom = read("impl/pom.xml");
    String parent = first("(?s)<parent>(.*?)</parent>", pom);
    group = first("<groupId>(.*?)</groupId>", parent);
    version = first("<version>(.*?)</version>", parent);
    artifact = first("</parent>\\s*<artifactId>(.*?)</artifactId>", pom);
  }

  @Test
  void dependency_inMavenAndInGradle_isTheLibrary() throws IOException {
    String page = read("docs/dependency.md");
    assertTrue(
        page.contains(
            String.format(
                Locale.ROOT,
                """
        <dependency>
          <groupId>%s</groupId>
          <artifactId>%s</artifactId>
          <version>%s</version>
        </dependency>
        """,
                group,
                artifact,
                version)),
        page);
    String gradle = String.join(":", group, artifact, version);
    assertTrue(page.contains("implementation(\"" + gradle + "\")"), page);
  }

  @Test
  void newestChanges_areThoseOfThisVersion_releasedOrNot() throws IOException {
    String heading = first("(?m)^## (.*)$", read("docs/changes.md"));
    if (version.endsWith(SNAPSHOT)) {
      assertEquals(version.replace(SNAPSHOT, "") + ", unreleased", heading);
    } else {
      assertTrue(heading.matches(Pattern.quote(version) + ", \\d{4}-\\d\\d-\\d\\d"), heading);
    }
  }

  private static String read(String file) throws IOException {
    return Files.readString(Repository.root().resolve(file));
  }

  private static String first(String regex, String text) {
    Matcher found = Pattern.compile(regex).matcher(text);
    assertTrue(found.find(), regex);
    return found.group(1);
  }
}
