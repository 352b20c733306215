package io.github.datastorelookup.report;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * The report of the last run, and two that are made up, as a browser shows them: narrow and wide,
 * in light and dark colours, with mouse and keyboard. Screenshots are in {@code
 * stress-tests/target/screenshots}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReportInBrowserTest {
  private static final String RUN = "verification";
  private static final String PASSING = "pages/passing";
  private static final String FAILING = "pages/failing";
  private static final Path TARGET = Path.of("..", "target").toAbsolutePath().normalize();

  /** Least contrast of text with what is behind it, by the WCAG, level AA. */
  private static final double LEAST_CONTRAST = 4.5;

  private static final Path PICTURE =
      Path.of("..", "..", "docs", "reference", "report.png").toAbsolutePath().normalize();

  private static final int PICTURE_WIDTH = 1200;
  private static final int PICTURE_HEIGHT = 620;
  private static final long MOST_BYTES = 150_000;

  private final Browser browser;

  ReportInBrowserTest() throws IOException {
    browser = Browser.start();
  }

  @BeforeAll
  void pagesAreThere() {
    for (String page : List.of(RUN, PASSING, FAILING)) {
      assertTrue(Files.exists(file(page)), () -> file(page) + ": what writes it did not run");
    }
  }

  @AfterAll
  void end() throws IOException {
    browser.close();
  }

  private static Path file(String page) {
    return TARGET.resolve(page).resolve("index.html");
  }

  @ParameterizedTest
  @CsvSource({
    RUN + ",400,800,light",
    RUN + ",400,800,dark",
    RUN + ",1600,1000,light",
    RUN + ",1600,1000,dark",
    PASSING + ",400,800,dark",
    PASSING + ",1600,1000,light",
    FAILING + ",400,800,light",
    FAILING + ",400,800,dark",
    FAILING + ",1600,1000,light",
    FAILING + ",1600,1000,dark"
  })
  void page_isShownWithoutErrors_fitsTheWindow_andCanBeRead(
      String page, int width, int height, String scheme) throws IOException {
    browser.open(file(page), width, height, scheme);
    String name = page.replace("pages/", "") + "-" + width + "-" + scheme;
    browser.screenshot(TARGET.resolve("screenshots/" + name + ".png"));
    openAll();
    assertAll(
        () -> assertEquals(List.of(), browser.console(), "console"),
        () -> assertEquals((long) width, browser.ask(Scripts.WIDTH), "width of the page"),
        () -> assertEquals(List.of(), browser.ask(Scripts.CONTRAST, LEAST_CONTRAST), "contrast"));
  }

  @ParameterizedTest
  @ValueSource(strings = {RUN, PASSING, FAILING})
  void page_hasALanguage_aTitle_landmarks_andHeadingsInOrder(String page) {
    browser.open(file(page), 1600, 1000, "light");
    assertEquals("en", browser.ask("return document.documentElement.lang"));
    assertTrue(browser.driver().getTitle().startsWith("Verification "));
    for (String landmark : List.of("header", "nav", "main", "footer")) {
      assertEquals(1, browser.driver().findElements(By.cssSelector("body " + landmark)).size());
    }
    int level = 0;
    for (WebElement heading : browser.driver().findElements(By.cssSelector("h1, h2, h3, h4, h5"))) {
      int next = heading.getTagName().charAt(1) - '0';
      assertTrue(next <= level + 1, heading.getText());
      level = next;
    }
    assertTrue(level > 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {RUN, PASSING, FAILING})
  void everyLink_leadsSomewhere(String page) {
    browser.open(file(page), 1600, 1000, "light");
    List<String> broken = new ArrayList<>();
    for (Object href : (List<?>) browser.ask("return [...document.links].map(l => l.href)")) {
      URI target = URI.create(String.valueOf(href));
      boolean there = "file".equals(target.getScheme()) && Files.exists(Path.of(target.getPath()));
      String anchor = target.getFragment();
      boolean anchored = anchor == null || !browser.driver().findElements(By.id(anchor)).isEmpty();
      if (!there || !anchored) {
        broken.add(target.toString());
      }
    }
    assertEquals(List.of(), broken);
  }

  @ParameterizedTest
  @ValueSource(strings = {RUN, PASSING, FAILING})
  void everyToggle_worksWithTheMouseAndTheKeyboard(String page) {
    browser.open(file(page), 1600, 1000, "light");
    List<WebElement> toggles = browser.driver().findElements(By.cssSelector("summary"));
    for (WebElement summary : toggles) {
      reveal(summary);
      boolean open = isOpen(summary);
      summary.click();
      assertEquals(!open, isOpen(summary), () -> "mouse: " + summary.getText());
      summary.sendKeys(Keys.ENTER);
      assertEquals(open, isOpen(summary), () -> "keyboard: " + summary.getText());
    }
    assertEquals(
        (long) browser.driver().findElements(By.cssSelector("details")).size(), toggles.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {PASSING, FAILING})
  void table_isSortedAndFiltered(String page) {
    browser.open(file(page), 1600, 1000, "light");
    List<WebElement> buttons =
        browser.driver().findElements(By.cssSelector("#mutant-table th button"));
    assertEquals(7, buttons.size());
    for (WebElement button : buttons) {
      button.click();
      assertEquals("ascending", sortOf(button));
      button.sendKeys(Keys.SPACE);
      assertEquals("descending", sortOf(button));
    }
    List<Double> seconds = new ArrayList<>();
    for (Object cell : (List<?>) browser.ask(Scripts.LAST_CELLS)) {
      seconds.add(Double.valueOf(String.valueOf(cell)));
    }
    assertEquals(seconds.stream().sorted((a, b) -> Double.compare(b, a)).toList(), seconds);
    browser.driver().findElement(By.id("mutant-filter")).sendKeys("claim-checked");
    assertEquals(1L, browser.ask(Scripts.SHOWN_ROWS));
  }

  @ParameterizedTest
  @ValueSource(strings = {RUN, FAILING})
  void keyboard_reachesTheResultsFirst_andFocusIsSeen(String page) {
    browser.open(file(page), 1600, 1000, "light");
    browser.driver().findElement(By.tagName("body")).sendKeys(Keys.TAB);
    WebElement first = browser.driver().switchTo().activeElement();
    assertEquals("Skip to the results", first.getText());
    assertTrue(first.getLocation().getX() >= 0, "it can be seen");
    assertFalse(first.getCssValue("outline-style").equals("none"), "so can its focus");
  }

  /** {@code .ci/browser -Dpicture.write=true} takes it anew, from the last run. */
  @Test
  void picture_ofTheReadme_isTheTopOfAReport() throws IOException {
    Path taken = TARGET.resolve("screenshots/readme.png");
    browser.open(file(RUN), PICTURE_WIDTH, PICTURE_HEIGHT, "light");
    browser.screenshot(taken, PICTURE_HEIGHT);
    if (Boolean.getBoolean("picture.write")) {
      Path unused = Files.copy(taken, PICTURE, StandardCopyOption.REPLACE_EXISTING);
    }
    BufferedImage picture = ImageIO.read(PICTURE.toFile());
    assertEquals(PICTURE_WIDTH, picture.getWidth());
    assertEquals(PICTURE_HEIGHT, picture.getHeight());
    assertTrue(Files.size(PICTURE) < MOST_BYTES, () -> PICTURE + " makes clones slow");
  }

  private static String sortOf(WebElement button) {
    return String.valueOf(button.findElement(By.xpath("..")).getDomAttribute("aria-sort"));
  }

  private static boolean isOpen(WebElement summary) {
    return summary.findElement(By.xpath("..")).getDomAttribute("open") != null;
  }

  private void openAll() {
    Object unused =
        browser.ask("document.querySelectorAll('details').forEach(d => d.open = true); return 1");
  }

  /** Opens what it is in, and brings it to where the mouse is. */
  private void reveal(WebElement summary) {
    Object unused = browser.ask(Scripts.REVEAL, summary);
  }
}
