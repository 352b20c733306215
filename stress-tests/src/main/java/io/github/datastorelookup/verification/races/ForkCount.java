package io.github.datastorelookup.verification.races;

import io.github.datastorelookup.verification.Progress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tracks how far a run of jcstress is. It counts forks, some for each race, and prints after each
 * {@code (Results: 96 planned; 30 passed, 0 failed, 0 soft errs, 0 hard errs)}.
 */
final class ForkCount {
  private static final Pattern PLANNED = Pattern.compile("Results: (\\d+) planned;(.*)");
  private static final Pattern ENDED = Pattern.compile("(\\d+) (?:passed|failed|soft|hard)");

  private final Progress progress;
  private final int races;
  private int told;

  /** Tracks a run of this many races. */
  ForkCount(Progress progress, int races) {
    this.progress = progress;
    this.races = races;
  }

  /** Reads a line of its output; ignores a line without a count. */
  void read(String line) {
    Matcher count = PLANNED.matcher(line);
    if (count.find()) {
      int forks = Integer.parseInt(count.group(1));
      int ended =
          ENDED
              .matcher(count.group(2))
              .results()
              .mapToInt(each -> Integer.parseInt(each.group(1)))
              .sum();
      reach(forks == 0 ? 0 : (int) ((long) races * ended / forks));
      progress.now(ended + " of " + forks + " forks");
    }
  }

  /** Marks the end of the run. */
  void end() {
    reach(races);
  }

  private void reach(int done) {
    while (told < Math.min(done, races)) {
      told++;
      progress.done();
    }
  }
}
