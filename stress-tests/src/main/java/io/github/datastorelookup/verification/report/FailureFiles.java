package io.github.datastorelookup.verification.report;

import io.github.datastorelookup.verification.Environment;
import io.github.datastorelookup.verification.Failure;
import io.github.datastorelookup.verification.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One file for each failure, short enough to be read: at most {@value #MOST_LINES} lines. */
public final class FailureFiles {
  static final int MOST_LINES = 100;
  private static final int MOST_ALIKE = 20;
  private static final int MOST_COLUMNS = 400;
  private static final int MOST_MESSAGE_LINES = 25;

  private final Path folder;
  private final RunSettings settings;
  private final Environment environment;
  private final List<Reported> reported = new ArrayList<>();

  /** Writes into {@code failures} below the run's output folder. */
  public FailureFiles(RunSettings settings, Environment environment) {
    this.folder = settings.output().resolve("failures");
    this.settings = settings;
    this.environment = environment;
  }

  /**
   * A failure and its file.
   *
   * @param layer the layer that failed
   * @param failure the failure
   * @param file the file with all of it
   * @param replay the command that shows it again
   */
  public record Reported(String layer, Failure failure, Path file, String replay) {}

  /** Writes the file of a failure. */
  public Path write(String layer, Failure failure) throws IOException {
    return write(layer, failure, List.of(failure));
  }

  /** Writes the file of a failure that stands for all failures with its cause. */
  public Path write(String layer, Failure failure, List<Failure> alike) throws IOException {
    String name = String.format(Locale.ROOT, "%s-%03d.txt", layer, reported.size() + 1);
    Path file = Files.createDirectories(folder).resolve(name);
    String replay =
        isStory(failure)
            ? settings.command() + " -DskipTests -Dreplay=" + settings.root().relativize(file)
            : failure.replay();
    reported.add(new Reported(layer, failure, file, replay));
    List<String> lines = new ArrayList<>(lines(layer, failure, replay));
    alike.stream()
        .skip(1)
        .limit(MOST_ALIKE)
        .forEach(each -> lines.add(1, "alike:   " + oneLine(each.check())));
    return Files.write(file, lines);
  }

  /** All failures that were written, in order. */
  public List<Reported> reported() {
    return List.copyOf(reported);
  }

  /** Whether the message has a scenario and a schedule, which then are the replay. */
  private static boolean isStory(Failure failure) {
    return failure.message().contains("\nprocesses: ");
  }

  private List<String> lines(String layer, Failure failure, String replay) {
    List<String> lines = new ArrayList<>();
    lines.add("layer:   " + layer);
    lines.add("check:   " + failure.check());
    lines.add("replay:  " + replay);
    lines.add("budget:  " + settings.budget() + "  seed: " + settings.seed());
    lines.add("commit:  " + environment.commit());
    lines.add("jdk:     " + environment.jdk());
    lines.add("machine: " + environment.cores() + " x " + environment.cpu());
    lines.add("os:      " + environment.os());
    lines.add("");
    int most = isStory(failure) ? MOST_LINES - lines.size() - MOST_ALIKE - 1 : MOST_MESSAGE_LINES;
    lines.addAll(shortened(failure.message().lines().toList(), most));
    lines.add("");
    if (isStory(failure)) {
      return lines.stream().map(FailureFiles::oneLine).toList(); // the story is all there is
    }
    List<String> details = failure.details().lines().filter(line -> !isMachinery(line)).toList();
    lines.addAll(shortened(details, MOST_LINES - MOST_ALIKE - lines.size()));
    return lines.stream().map(FailureFiles::oneLine).toList();
  }

  /** The first lines of a text, with dots if it has more. */
  public static String beginning(String text, int most) {
    List<String> lines = text.lines().toList();
    return lines.size() <= most ? text : String.join("\n", lines.subList(0, most)) + "\n...";
  }

  /** Keeps the beginning and the end, where causes are. */
  private static List<String> shortened(List<String> lines, int most) {
    if (lines.size() <= most) {
      return lines;
    }
    int head = most * 2 / 3;
    int tail = most - head - 1;
    List<String> kept = new ArrayList<>(lines.subList(0, head));
    kept.add("... " + (lines.size() - head - tail) + " lines left out ...");
    kept.addAll(lines.subList(lines.size() - tail, lines.size()));
    return kept;
  }

  /** Frames of the engines and of reflection say nothing about the failure. */
  private static boolean isMachinery(String line) {
    String frame = line.strip();
    return frame.startsWith("at org.junit.")
        || frame.startsWith("at net.jqwik.")
        || frame.startsWith("at java.base/");
  }

  private static String oneLine(String line) {
    String flat = line.replace('\n', ' ').replace('\r', ' ');
    return flat.length() <= MOST_COLUMNS ? flat : flat.substring(0, MOST_COLUMNS) + "...";
  }
}
