package io.github.datastorelookup.report;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window and without a network, showing one page. */
final class Browser implements AutoCloseable {
  private final Path profile;
  private final ChromeDriver driver;

  private Browser(Path profile, ChromeDriver driver) {
    this.profile = profile;
    this.driver = driver;
  }

  /** Starts the browser that the system properties {@code browser} and {@code driver} name. */
  static Browser start() throws IOException {
    Path profile = Files.createTempDirectory("report-browser");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(property("browser"));
    options.addArguments(
        "--headless=new",
        "--no-sandbox", // as root there is none
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--no-first-run",
        "--proxy-server=127.0.0.1:9", // nobody listens there: whatever asks a network fails
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File(property("driver")))
            .usingAnyFreePort()
            .build();
    return new Browser(profile, new ChromeDriver(service, options));
  }

  private static String property(String name) {
    return Objects.requireNonNull(System.getProperty(name), () -> "no system property " + name);
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Opens a file in a window of this size, in light or dark colours. */
  void open(Path page, int width, int height, String scheme) {
    List<String> unusedConsole = console(); // of the page before
    var unused =
        driver.executeCdpCommand(
            "Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    unused =
        driver.executeCdpCommand(
            "Emulation.setEmulatedMedia",
            Map.of(
                "features",
                List.of(
                    Map.of("name", "prefers-color-scheme", "value", scheme),
                    Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    driver.get(page.toUri().toString());
  }

  /** What the page, and the browser about it, wrote on the console since it was asked last. */
  List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** What a script in the page answers. */
  Object ask(String script, Object... arguments) {
    return Objects.requireNonNull(driver.executeScript(script, arguments), script);
  }

  /** Keeps the page as it is now, all of it. */
  void screenshot(Path file) throws IOException {
    screenshot(file, (long) ask("return document.documentElement.scrollHeight"));
  }

  /** Keeps the top of the page. */
  void screenshot(Path file, long height) throws IOException {
    Object width = ask("return document.documentElement.clientWidth");
    Map<String, Object> shot =
        driver.executeCdpCommand(
            "Page.captureScreenshot",
            Map.of(
                "captureBeyondViewport",
                true,
                "clip",
                Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)));
    Path unused = Files.createDirectories(file.resolveSibling("."));
    unused = Files.write(file, Base64.getDecoder().decode(String.valueOf(shot.get("data"))));
  }

  @Override
  public void close() throws IOException {
    driver.quit();
    try (var files = Files.walk(profile)) {
      files.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(Browser::delete);
    }
  }

  private static void delete(File file) {
    boolean unused = file.delete(); // a file that the browser still has is in /tmp
  }
}
